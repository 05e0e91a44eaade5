-- Leaves in place of a metric's hash a note by which its writers see that it was unregistered.
--
-- KEYS  1 the metric's hash
-- ARGV  1 its epoch   2 seconds that the note stays
local held = tonumber(redis.call('HGET', KEYS[1], '#') or '')
if held and held > tonumber(ARGV[1]) then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '-', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
