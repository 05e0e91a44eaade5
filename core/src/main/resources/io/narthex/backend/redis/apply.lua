-- Applies one parcel of updates to a metric's hash, once, however often it arrives.
--
-- KEYS  1 the metric's hash   2 the hash of parcel numbers, in the same slot
-- ARGV  1 sender   2 the parcel's number   3 the last number that the sender knows applied
--       4 the metric's epoch   5, 6 seconds until the two keys expire (0: never)
--       then operations. A parcel whose number is the last applied one has none: it refreshes.
--
-- Fields of the metric's hash:
--   #           epoch, a larger one replaces all else
--   -           the last epoch that was unregistered
--   @           when and by whom the hash was made: another one says that it was lost in between
--   !           ms of the latest removal
--   t LABELS    ms of the series' creation
--   c LABELS    value of a counter, gauge or state set; of gauges with parts: of forgotten processes
--   s LABELS    sum of a histogram or summary      bN LABELS   count of its bucket N
--   pID LABELS  part of process ID in a gauge, or its info
--   xID CELL LABELS  what buffer file ID had counted when its growth was last added to CELL
local data, parcels = KEYS[1], KEYS[2]
local sender, number, acked = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local epoch, expire, expireParcels = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

-- Whatever can fail has to fail before the first write: a script is not rolled back.
for _, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'hash' and kind ~= 'none' then
    return redis.error_reply('WRONGTYPE ' .. key .. ' holds a ' .. kind .. ', not a hash')
  end
end

local held = tonumber(redis.call('HGET', data, '#') or '')
local note = tonumber(redis.call('HGET', data, '-') or '') or 0
if epoch <= note then
  return {'retired'}
end
if held and held > epoch then
  return {'moved'} -- others registered it anew, after all was lost
end
local last = tonumber(string.match(redis.call('HGET', parcels, sender) or '', '^%d+') or '')
local behind = acked > 0 and (not last or last < acked)
local fresh = number > acked and not (last and last >= number)
if fresh and (last or 0) ~= number - 1 and number ~= acked + 1 then
  return {'gap'} -- the parcels before it did not arrive
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function whole(n)
  return string.format('%.0f', n)
end

redis.call('HSET', parcels, sender, whole(math.max(number, last or 0)) .. ' ' .. time[1])
if held ~= epoch then
  redis.call('DEL', data)
  redis.call('HSET', data, '#', ARGV[4])
  if note > 0 then
    redis.call('HSET', data, '-', whole(note))
  end
end
local born = redis.call('HGET', data, '@')
if not born then
  born = time[1] .. '.' .. time[2] .. ' ' .. sender
  redis.call('HSET', data, '@', born)
end

local damaged = 0
local function number_at(field)
  local text = redis.call('HGET', data, field)
  if not text then
    return nil
  end
  local n = tonumber(text)
  if not n then
    damaged = damaged + 1
  end
  return n
end

local function created(labels, at)
  if redis.call('HEXISTS', data, 't ' .. labels) == 0 then
    local removal = tonumber(redis.call('HGET', data, '!') or '') or 0
    redis.call('HSET', data, 't ' .. labels, whole(math.max(math.min(at, now), removal + 1)))
  end
end

local function removed_at(t)
  local removal = tonumber(redis.call('HGET', data, '!') or '') or 0
  redis.call('HSET', data, '!', whole(math.max(now, removal, t or 0)))
end

-- The fields of parts by labels, looked for once in a parcel.
local parts
local function parts_of(labels)
  if not parts then
    parts = {}
    for _, field in ipairs(redis.call('HKEYS', data)) do
      local space = string.find(field, ' ', 1, true)
      if space and string.sub(field, 1, 1) == 'p' then
        local of = string.sub(field, space + 1)
        parts[of] = parts[of] or {}
        table.insert(parts[of], field)
      end
    end
  end
  return parts[labels] or {}
end

local operations = {}

local function add(cell, labels, amount)
  local field = cell .. ' ' .. labels
  local old = number_at(field)
  if not old then
    created(labels, now)
  end
  redis.call('HSET', data, field, string.format('%.17g', (old or 0) + amount))
end

local function add_integer(cell, labels, amount)
  local field = cell .. ' ' .. labels
  local sum = redis.pcall('HINCRBY', data, field, amount)
  if type(sum) == 'table' then
    damaged = damaged + 1
    redis.call('HSET', data, field, amount)
  end
end

-- what follows may be the first of a series: labels, ms of its creation by the sender's clock
operations['N'] = function(i)
  created(ARGV[i], tonumber(ARGV[i + 1]))
  return 2
end

-- add: cell, labels, amount
operations['A'] = function(i)
  add(ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]))
  return 3
end

-- add to a 64-bit integer: cell, labels, amount
operations['I'] = function(i)
  add_integer(ARGV[i], ARGV[i + 1], ARGV[i + 2])
  return 3
end

-- What a buffer file has counted in all: it may be told again by whoever opens the file next, and
-- only what it grew by is added. It stands in the same hash, so that it is lost with the value only.

-- total of a cell that only grows: source, cell, labels, total
operations['T'] = function(i)
  local cell, labels, total = ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local field = ARGV[i] .. ' ' .. cell .. ' ' .. labels
  local before = tonumber(redis.call('HGET', data, field) or '') or 0
  if total > before then
    redis.call('HSET', data, field, ARGV[i + 3])
    if string.sub(cell, 1, 1) == 'b' then
      add_integer(cell, labels, whole(total - before))
    else
      add(cell, labels, total - before)
    end
  end
  return 4
end

-- total of a sum, which is newer than another if it is of more observations:
-- source, labels, total, number of observations
operations['U'] = function(i)
  local labels, total, count = ARGV[i + 1], tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local field = ARGV[i] .. ' s ' .. labels
  local text = redis.call('HGET', data, field) or ''
  local counted = tonumber(string.match(text, '%S+$') or '') or 0
  if count > 0 and count >= counted then
    redis.call('HSET', data, field, ARGV[i + 2] .. ' ' .. ARGV[i + 3])
    local grown = total - (tonumber(string.match(text, '^%S+') or '') or 0)
    add('s', labels, grown == grown and grown or 0) -- infinity less infinity is no growth
  end
  return 4
end

-- what a cell had counted when its series was removed, which is never added:
-- source, cell, labels, total
operations['B'] = function(i)
  redis.call('HSET', data, ARGV[i] .. ' ' .. ARGV[i + 1] .. ' ' .. ARGV[i + 2], ARGV[i + 3])
  return 4
end

-- set: cell, labels, value
operations['S'] = function(i)
  created(ARGV[i + 1], now)
  redis.call('HSET', data, ARGV[i] .. ' ' .. ARGV[i + 1], ARGV[i + 2])
  return 3
end

-- take away a part: cell, labels
operations['D'] = function(i)
  redis.call('HDEL', data, ARGV[i] .. ' ' .. ARGV[i + 1])
  return 2
end

-- remove a series: labels, number of buckets, whether it may have parts
operations['R'] = function(i)
  local labels = ARGV[i]
  removed_at(tonumber(redis.call('HGET', data, 't ' .. labels) or ''))
  redis.call('HDEL', data, 'c ' .. labels, 's ' .. labels, 't ' .. labels)
  for b = 0, tonumber(ARGV[i + 1]) - 1 do
    redis.call('HDEL', data, 'b' .. b .. ' ' .. labels)
  end
  if ARGV[i + 2] == '1' then
    for _, field in ipairs(parts_of(labels)) do
      redis.call('HDEL', data, field)
    end
  end
  return 3
end

-- remove all series
operations['C'] = function()
  local latest = 0
  local all = redis.call('HGETALL', data)
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 't ' then
      latest = math.max(latest, tonumber(all[i + 1]) or 0)
    end
  end
  removed_at(latest)
  for i = 1, #all, 2 do
    if string.find(all[i], ' ', 1, true) and string.sub(all[i], 1, 1) ~= 'x' then
      redis.call('HDEL', data, all[i])
    end
  end
  return 0
end

-- fold the part of a forgotten process: how (SUM, MIN, MAX, or another word: drop it), cell, labels
operations['F'] = function(i)
  local how, cell, labels = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local part = number_at(cell .. ' ' .. labels)
  local rest = number_at('c ' .. labels)
  if part and (how == 'SUM' or how == 'MIN' or how == 'MAX') then
    local folded = part
    if rest and (how == 'SUM' or part ~= part or rest ~= rest) then -- what is no number stays so
      folded = rest + part
    elseif rest and how == 'MIN' then
      folded = math.min(rest, part)
    elseif rest then
      folded = math.max(rest, part)
    end
    redis.call('HSET', data, 'c ' .. labels, string.format('%.17g', folded))
  end
  redis.call('HDEL', data, cell .. ' ' .. labels)
  return 3
end

if fresh then
  local i = 7
  while i <= #ARGV do
    i = i + 1 + operations[ARGV[i]](i + 1)
  end
end

-- Senders of long ago will not send again. Refreshing parcels, which come seldom, look for them.
if number == acked and expire > 0 then
  local all = redis.call('HGETALL', parcels)
  for i = 1, #all, 2 do
    local sent = tonumber(string.match(all[i + 1], '%d+$') or '') or 0
    if all[i] ~= sender and tonumber(time[1]) - sent > expireParcels then
      redis.call('HDEL', parcels, all[i])
    end
  end
end

if expire > 0 then
  redis.call('EXPIRE', data, expire)
  redis.call('EXPIRE', parcels, expireParcels)
end
return {behind and 'behind' or 'ok', damaged, born}
