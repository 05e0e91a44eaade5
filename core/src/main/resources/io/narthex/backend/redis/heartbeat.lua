-- Says that a process is alive, or that it ends; forgets those of long ago.
--
-- KEYS  1 the processes, a hash: ID -> ms of the last heartbeat, negative
--         once the process has ended, a space, the process's pid
-- ARGV  1 the process's ID   2 its pid, with a minus before it at its end
--       3 ms after which a process is forgotten (0: never)
--       4 seconds until all are, if none says any more that it is alive (0: never)
--
-- Returns 1 if the process was known before, else 0.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('HEXISTS', KEYS[1], ARGV[1])
local patience = tonumber(ARGV[3])
if patience > 0 then
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local beat = tonumber(string.match(all[i + 1], '^%-?(%d+)') or '') or 0
    if now - beat > patience then
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
end
local ended = string.sub(ARGV[2], 1, 1) == '-'
redis.call('HSET', KEYS[1], ARGV[1],
    (ended and '-' or '') .. string.format('%.0f', now) .. ' ' .. string.match(ARGV[2], '%d+'))
if tonumber(ARGV[4]) > 0 then
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return known
