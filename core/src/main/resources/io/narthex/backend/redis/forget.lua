-- Takes a metric out of the catalog, with all names that it claims.
--
-- KEYS  1 the catalog
-- ARGV  1 the metric's name   2 the epoch that it has to have
--
-- Returns 1 if it was there, else 0.
local catalog, name = KEYS[1], ARGV[1]
if redis.call('HGET', catalog, 'e:' .. name) ~= ARGV[2] then
  return 0
end
redis.call('HDEL', catalog, 'f:' .. name, 'e:' .. name)
local all = redis.call('HGETALL', catalog)
for i = 1, #all, 2 do
  if string.sub(all[i], 1, 2) == 'n:' and all[i + 1] == name then
    redis.call('HDEL', catalog, all[i])
  end
end
return 1
