-- Applies one parcel of updates to one key of the pytheus layout, once, however often it arrives.
--
-- KEYS  1 the key   2 the hash of parcel numbers, in the same slot
-- ARGV  1 sender   2 the parcel's number   3 the last number that the sender knows applied
--       4, 5 seconds until the two keys expire (0: never)   6 hash or string
--       then operations, each of a kind, a field (of a string: empty) and an argument:
--         A add the argument   S set to it   D take away   C take the whole key away
local data, parcels = KEYS[1], KEYS[2]
local sender, number, acked = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local expire, expireParcels, shape = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]

-- Whatever can fail has to fail before the first write: a script is not rolled back.
local kind = redis.call('TYPE', data).ok
if kind ~= shape and kind ~= 'none' then
  return redis.error_reply('WRONGTYPE ' .. data .. ' holds a ' .. kind .. ', not a ' .. shape)
end
kind = redis.call('TYPE', parcels).ok
if kind ~= 'hash' and kind ~= 'none' then
  return redis.error_reply('WRONGTYPE ' .. parcels .. ' holds a ' .. kind .. ', not a hash')
end

local last = tonumber(string.match(redis.call('HGET', parcels, sender) or '', '^%d+') or '')
local behind = acked > 0 and (not last or last < acked)
local fresh = number > acked and not (last and last >= number)
if fresh and (last or 0) ~= number - 1 and number ~= acked + 1 then
  return {'gap'} -- the parcels before it did not arrive
end
redis.call('HSET', parcels, sender,
    string.format('%.0f', math.max(number, last or 0)) .. ' ' .. redis.call('TIME')[1])

-- When and by whom the numbers were begun: another one says that they were lost in between.
local born = redis.call('HGET', parcels, '@')
if not born then
  local time = redis.call('TIME')
  born = time[1] .. '.' .. time[2] .. ' ' .. sender
  redis.call('HSET', parcels, '@', born)
end

local damaged = 0
local single = shape == 'string'

local function get(field)
  return single and redis.call('GET', data) or not single and redis.call('HGET', data, field)
end

local function set(field, value)
  if single then
    redis.call('SET', data, value)
  else
    redis.call('HSET', data, field, value)
  end
end

-- As pytheus adds, so that both round alike; infinities, which that command refuses, by hand.
local function add(field, amount)
  local reply
  if single then
    reply = redis.pcall('INCRBYFLOAT', data, amount)
  else
    reply = redis.pcall('HINCRBYFLOAT', data, field, amount)
  end
  if type(reply) == 'table' and reply.err then
    local old = tonumber(get(field) or '0')
    if not old then
      damaged = damaged + 1
    end
    set(field, string.format('%.17g', (old or 0) + tonumber(amount)))
  end
end

if fresh then
  for i = 7, #ARGV, 3 do
    local operation, field, argument = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    if operation == 'A' then
      add(field, argument)
    elseif operation == 'S' then
      set(field, argument)
    elseif operation == 'C' or single then
      redis.call('DEL', data)
    else
      redis.call('HDEL', data, field)
    end
  end
end

-- Senders of long ago will not send again. Refreshing parcels, which come seldom, look for them.
if number == acked and expire > 0 then
  local all = redis.call('HGETALL', parcels)
  for i = 1, #all, 2 do
    local sent = tonumber(string.match(all[i + 1], '%d+$') or '') or 0
    if all[i] ~= sender and all[i] ~= '@' and tonumber(redis.call('TIME')[1]) - sent > expireParcels then
      redis.call('HDEL', parcels, all[i])
    end
  end
end

if expire > 0 then
  redis.call('EXPIRE', data, expire)
  redis.call('EXPIRE', parcels, expireParcels)
end
return {behind and 'behind' or 'ok', damaged, born}
