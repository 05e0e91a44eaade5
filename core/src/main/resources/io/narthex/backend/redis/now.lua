-- The time by the clock of the server that keeps the heartbeats.
--
-- KEYS  1 the processes
return redis.call('TIME')
