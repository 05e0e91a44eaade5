-- Registers a metric in the catalog, unless one of its names is taken.
--
-- KEYS  1 the catalog, a hash
-- ARGV  1 the metric's name   2 its descriptor   3 its epoch, or empty for a new one
--       4 seconds until the catalog expires (0: never)   5.. all names that it claims
--
-- Fields of the catalog:  f:NAME descriptor   e:NAME epoch   n:CLAIMED the metric that claims it
--
-- Returns what there is now: {'new' | 'held' | 'overlap', descriptor, epoch}
local catalog, name = KEYS[1], ARGV[1]
local expire = tonumber(ARGV[4])
for i = 5, #ARGV do
  local owner = redis.call('HGET', catalog, 'n:' .. ARGV[i])
  if owner and owner ~= name then
    local other = redis.call('HGET', catalog, 'f:' .. owner)
    if other then
      return {'overlap', other, redis.call('HGET', catalog, 'e:' .. owner)}
    end
  end
end

local how = 'held'
if redis.call('HEXISTS', catalog, 'f:' .. name) == 0 then
  how = 'new'
  local epoch = ARGV[3]
  if epoch == '' then
    local time = redis.call('TIME')
    epoch = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
  end
  redis.call('HSET', catalog, 'f:' .. name, ARGV[2], 'e:' .. name, epoch)
  for i = 5, #ARGV do
    redis.call('HSET', catalog, 'n:' .. ARGV[i], name)
  end
end
if expire > 0 then
  redis.call('EXPIRE', catalog, expire)
end
return {how, redis.call('HGET', catalog, 'f:' .. name), redis.call('HGET', catalog, 'e:' .. name)}
