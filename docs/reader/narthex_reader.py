#!/usr/bin/env python3
"""Prints the counters of a live Narthex file in the Prometheus text format.

    python3 narthex_reader.py [--all] FILE

Written from docs/file-format.md alone, as an example for a port to another language: the comments
name, in quotes, the section of that page which they follow. It maps the file read-only and takes no
lock, so it may run beside any number of JVMs that count into the file. `--all` prints all other
types too; for what has a part for each process (info, and gauges of a mode other than SHARED and
MOST_RECENT) it asks the kernel who has locks on the file `FILE.lock`, as Linux keeps them.

Exit status: 0; 1 if the file cannot be read or is damaged, with one line on stderr that says why (a
file with damaged records is printed without them); 2 if the arguments are wrong.
"""

import argparse
import fcntl
import math
import mmap
import os
import signal
import stat
import struct
import sys
import time
from collections import namedtuple

# "Header"
MAGIC = b"NARTHEX\0"
BYTE_ORDER_MARK = 0x01020304
VERSION = 1
HEADER_CHECKED = 88  # the bytes below its checksum
DIRECTORY = 36864
DIRECTORY_ROWS = 448
ROW = 64
FIRST_SEGMENT = 65536
MAX_STRIPES = 256

# "Process table"
PROCESSES = 4096
PROCESS_ROWS = 512
PROCESS_ROW = 64
FIRST_BYTE = 16
MAX_INCARNATION = 1 << 61
SETTLING_SECONDS = 5
FLOCK = "hhqqi0q"  # struct flock of 64-bit Linux: type, whence, start, length, pid

# "Segment directory"
INDEX, RECORDS, CELLS = 1, 2, 3
KIND_NAMES = {INDEX: "index", RECORDS: "records", CELLS: "cells"}
MAX_SEGMENT = 1 << 30
Segment = namedtuple("Segment", "kind offset length stripes stride")

# "Records"
FAMILY, SERIES = 1, 2
MAX_RECORD = 1 << 20
ACTIVE = 1
COUNTER, GAUGE, HISTOGRAM, SUMMARY, INFO, STATE_SET = range(6)
Family = namedtuple("Family", "offset type mode name bounds states")
Series = namedtuple("Series", "offset family cell cells labels")

# "Values"
SHARED, SUM, MIN, MAX, MOST_RECENT, ALL, LIVE_SUM, LIVE_MIN, LIVE_MAX, LIVE_ALL = range(10)
OFFSET = (1 << 48) - 1
UNSET = 0x7FF86E6172746878
HIDDEN = 1
ATTEMPTS = 16


class RefusedFile(Exception):
    """This file cannot be read at all."""


class DamagedRecord(Exception):
    """This record cannot be read; the others can."""


def crc32c_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


CRC32C_TABLE = crc32c_table()


def crc32c(*parts):
    """CRC-32C (Castagnoli); zlib.crc32 is another polynomial."""
    crc = 0xFFFFFFFF
    for part in parts:
        for byte in part:
            crc = CRC32C_TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


class NarthexFile:
    """The mapping, and typed reads from it.

    Python has no acquire load, and relies on a processor that keeps loads in order (x86-64). A port
    to a language that has them uses them for index words, for the kind of a directory row, and for
    all that the page calls atomic.
    """

    def __init__(self, path):
        if sys.byteorder != "little":
            raise RefusedFile("the file is little-endian, this machine is not")
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise RefusedFile("not a regular file")
        self.path = path
        self.fd = os.open(path, os.O_RDONLY)
        self.check_header()
        self.segments = []
        self.read_directory()

    # ---- the mapping

    def map_file(self):
        """Maps the file as long as it is now. It only grows: what was mapped before stays true."""
        self.view = memoryview(mmap.mmap(self.fd, 0, access=mmap.ACCESS_READ))
        self.size = len(self.view)
        # A cast view reads a number as a whole, as "Cells" asks. struct's "<Q" would put it
        # together from single bytes, which a writer may change in between.
        whole = self.view[: self.size & ~7]
        self.u32s, self.u64s, self.i64s, self.f64s = (whole.cast(code) for code in "IQqd")

    def slice(self, offset, length):
        return self.view[offset : offset + length]

    def u32(self, offset):
        return self.u32s[offset >> 2]

    def u64(self, offset):
        return self.u64s[offset >> 3]

    def f64(self, offset):
        return self.f64s[offset >> 3]

    # ---- "Header"

    def check_header(self):
        magic = os.pread(self.fd, len(MAGIC), 0)
        if magic != MAGIC[: len(magic)] or not magic:
            raise RefusedFile("not a Narthex file (no magic at its beginning)")
        if os.fstat(self.fd).st_size < FIRST_SEGMENT:
            raise RefusedFile("truncated: shorter than its header and tables")
        self.map_file()
        if self.u32(8) != BYTE_ORDER_MARK:
            raise RefusedFile("not little-endian: its byte-order mark is 0x%08x" % self.u32(8))
        if self.u32(12) != VERSION:
            raise RefusedFile("version %d; this program reads version %d" % (self.u32(12), VERSION))
        if self.u64(HEADER_CHECKED) != crc32c(self.slice(0, HEADER_CHECKED)):
            raise RefusedFile("the header's checksum is wrong")
        place = (self.u64(64), self.u64(72), self.u64(80))
        if place != (DIRECTORY, DIRECTORY_ROWS, FIRST_SEGMENT):
            raise RefusedFile("the header puts the segment directory at an impossible place")
        self.stripes = self.u32(16)
        if self.stripes & (self.stripes - 1) or not 0 < self.stripes <= MAX_STRIPES:
            raise RefusedFile("the header has %d stripes" % self.stripes)

    # ---- "Process table"

    def owner(self, row):
        return self.u64(PROCESSES + row * PROCESS_ROW)

    def pid(self, row, owner):
        """The pid of a row's owner, 0 if it did not get to say."""
        at = PROCESSES + row * PROCESS_ROW
        pid = self.u64(at + 16)
        return pid if self.u64(at + 8) == owner else 0

    def alive(self):
        """The living owners by row. No lock is taken: F_GETLK only asks."""
        try:
            lock = os.open(os.path.realpath(self.path) + ".lock", os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return {}
        try:
            owners = ((row, self.owner(row)) for row in range(PROCESS_ROWS))
            return {row: owner for row, owner in owners if self.is_alive(lock, row, owner)}
        finally:
            os.close(lock)

    def is_alive(self, lock, row, owner):
        at = PROCESSES + row * PROCESS_ROW
        if not 0 < owner < MAX_INCARNATION or self.u64(at + 40) == owner:
            return False
        status = os.fstat(lock)
        # Before the lock is asked for: who names this lock file had its lock by then
        named = self.u64(at + 48) == status.st_ino
        settled = abs(time.time() - status.st_mtime) >= SETTLING_SECONDS
        byte = FIRST_BYTE + (self.u64(24) >> 3) + owner
        asked = struct.pack(FLOCK, fcntl.F_RDLCK, os.SEEK_SET, byte, 1, 0)
        answer = struct.unpack(FLOCK, fcntl.fcntl(lock, fcntl.F_GETLK, asked))
        return answer[0] != fcntl.F_UNLCK or not (named or settled)

    # ---- "Segment directory"

    def read_directory(self):
        """Reads the rows that were published since the last call."""
        end = FIRST_SEGMENT
        if self.segments:
            end = self.segments[-1].offset + self.segments[-1].length
        for row in range(len(self.segments), DIRECTORY_ROWS):
            at = DIRECTORY + row * ROW
            kind = self.u64(at)  # first: it is written last
            if kind == 0:
                break
            segment = Segment(kind, *(self.u64(at + field) for field in (8, 16, 24, 32)))
            self.check_row(row, at, segment, end)
            end = segment.offset + segment.length
            self.segments.append(segment)
        if end > self.size:
            self.map_file()  # it grew since it was mapped
        if end > self.size:
            raise RefusedFile("truncated: %d bytes, its segments end at %d" % (self.size, end))
        if {segment.kind for segment in self.segments} != set(KIND_NAMES):
            raise RefusedFile("the segment directory lacks a kind of segment")

    def check_row(self, row, at, segment, end):
        def refuse(what):
            raise RefusedFile("row %d of the segment directory: %s" % (row, what))

        if self.u64(at + 40) != crc32c(self.slice(at, 40)):
            refuse("wrong checksum")
        if segment.kind not in KIND_NAMES:
            refuse("unknown kind %d" % segment.kind)
        if segment.offset % 65536 or segment.offset < end:
            refuse("impossible offset %d" % segment.offset)
        if not 0 < segment.length <= MAX_SEGMENT or segment.length % 8:
            refuse("impossible length %d" % segment.length)
        if segment.kind == INDEX and segment.length & (segment.length - 1):
            refuse("the length of an index, %d, is no power of two" % segment.length)
        if segment.kind != CELLS and (segment.stripes or segment.stride):
            refuse("stripes where there are no cells")
        if segment.kind == CELLS:
            if segment.stripes != self.stripes:
                refuse("%d stripes, and %d in the header" % (segment.stripes, self.stripes))
            if segment.stride % 64 or not 0 < segment.stride <= segment.length // segment.stripes:
                refuse("impossible stride %d" % segment.stride)

    def segment_of(self, kind, offset, length):
        """The segment of a kind that holds these bytes. Every offset passes here before its use."""
        if offset % 8:
            raise DamagedRecord("offset %d is no multiple of 8" % offset)
        segment = self.known_segment(kind, offset, length)
        if not segment:
            self.read_directory()  # it may be in a segment that was published a moment ago
            segment = self.known_segment(kind, offset, length)
        if not segment:
            raise DamagedRecord("offset %d is outside the %s" % (offset, KIND_NAMES[kind]))
        return segment

    def known_segment(self, kind, offset, length):
        for segment in self.segments:
            # A cell is named by its place in stripe 0
            extent = segment.stride if kind == CELLS else segment.length
            if segment.kind == kind and 0 <= offset - segment.offset <= extent - length:
                return segment
        return None

    # ---- "Index"

    def index_words(self):
        """All words of all index segments: the only list of records."""
        for segment in self.segments:
            if segment.kind == INDEX:
                for offset in range(segment.offset, segment.offset + segment.length, 8):
                    word = self.u64(offset)
                    if word != 0:
                        yield word

    # ---- "Records"

    def record(self, offset):
        """Kind, key hash and length of the record at this offset; its checksum is right."""
        self.segment_of(RECORDS, offset, 24)
        length, kind = self.u32(offset), self.u32(offset + 4)
        if length % 8 or not 24 <= length <= MAX_RECORD:
            raise DamagedRecord("impossible length")
        self.segment_of(RECORDS, offset, length)
        if kind == FAMILY and length >= 72:
            covered = [(0, 16), (40, length)]
        elif kind == SERIES and length >= 96:
            covered = [(0, 16), (24, 56), (96, length)]
        else:
            raise DamagedRecord("unknown kind")
        if self.u64(offset + 16) != crc32c(*(self.slice(offset + a, b - a) for a, b in covered)):
            raise DamagedRecord("wrong checksum")
        return kind, self.u64(offset + 8), length

    def family(self, offset):
        """ "Family (kind 1)"; None if it is not active."""
        kind, _, length = self.record(offset)
        if kind != FAMILY:
            raise DamagedRecord("a series whose family is no family")
        if self.u64(offset + 24) != ACTIVE:
            return None
        labels, bounds, states = (self.u32(offset + field) for field in (56, 60, 64))
        content = bytes(self.slice(offset, length))  # all that is read of it now is immutable
        try:
            bounds = struct.unpack_from("<%dd" % bounds, content, 72)
            strings, at = [], 72 + 8 * len(bounds)
            for _ in range(3 + labels + states):  # name, help, unit, label names, states
                (size,) = struct.unpack_from("<I", content, at)
                if at + 4 + size > length:
                    raise DamagedRecord("a string longer than its record")
                strings.append(content[at + 4 : at + 4 + size])
                at += 4 + size
        except struct.error:
            raise DamagedRecord("a list longer than its record") from None
        family_type = self.u32(offset + 40)
        if family_type > STATE_SET:
            raise DamagedRecord("a family of an unknown type")
        mode = self.u32(offset + 44)
        return Family(offset, family_type, mode, strings[0], bounds, strings[3 + labels :])

    def series(self, offset, length):
        """ "Series (kind 2)"."""
        labels = self.u32(offset + 52)
        if 96 + labels > length:
            raise DamagedRecord("a label text longer than its record")
        text = bytes(self.slice(offset + 96, labels))
        family, cell, cells = self.u64(offset + 24), self.u64(offset + 40), self.u32(offset + 48)
        return Series(offset, family, cell, cells, text)

    # ---- "Cells"

    def cell(self, numbers, offset):
        """The value of one cell: the sum over the stripes of its segment."""
        segment = self.segment_of(CELLS, offset, 8)
        total = 0
        # Not sum(), which since Python 3.12 does not add doubles one after the other
        for stripe in range(segment.stripes):
            total += numbers[offset + stripe * segment.stride >> 3]
        return total


class Reader:
    """Groups the series by their family and turns them into lines."""

    def __init__(self, file):
        self.file = file
        self.bad_records = 0
        self.reason = None
        self.families = {}
        self.living = None

    def read(self):
        """Active families by name, each with its series by label text."""
        groups = {}
        for word in self.file.index_words():
            offset, tag = word & ((1 << 48) - 1), word >> 48
            try:
                kind, key_hash, length = self.file.record(offset)
                if tag != key_hash >> 48:
                    raise DamagedRecord("an index word of another key")
                if kind == SERIES:
                    series = self.file.series(offset, length)
                    family = self.family(series.family)
                    if family:
                        groups.setdefault(family.offset, {})[offset] = series
            except DamagedRecord as e:
                self.skip(e)
        for offset in sorted(groups, key=lambda each: self.families[each].name):
            series = sorted(groups[offset].values(), key=lambda each: each.labels)
            yield self.families[offset], series

    def family(self, offset):
        """The family at this offset, decoded once."""
        if offset not in self.families:
            self.families[offset] = self.file.family(offset)
        return self.families[offset]

    def skip(self, reason):
        self.bad_records += 1
        self.reason = self.reason or reason

    def lines(self, everything):
        for family, group in self.read():
            if family.type == COUNTER or everything:
                for series in group:
                    try:
                        yield from self.samples(family, series)
                    except DamagedRecord as e:
                        self.skip(e)

    # ---- "Values"

    def samples(self, family, series):
        if family.type == COUNTER:
            sums = self.since_removal(series, 1, self.counter_sums)
            if sums:
                yield line(family.name + b"_total", series.labels, sums[0] + sums[1])
        elif family.type in (HISTOGRAM, SUMMARY):
            # A summary is a histogram with no bound
            sums = self.since_removal(series, len(family.bounds) + 2, self.observed_sums)
            if sums:
                yield from observed_lines(family, series, sums)
        elif has_parts(family):
            yield from self.part_lines(family, series)
        else:
            # The bits, not the number: NaN is equal to nothing
            if self.file.u64(series.offset + 56) != UNSET:
                yield from value_lines(family, series, self.file.f64(series.offset + 56))

    def part_lines(self, family, series):
        parts, left = self.parts(family, series)
        if family.mode in (ALL, LIVE_ALL) and family.type == GAUGE:
            for row, owner, value in parts:
                labels = with_label(series.labels, b"pid", self.pid_label(family.mode, row, owner))
                yield line(family.name, labels, value)
            return
        values = left + [value for _, _, value in parts]
        if values and family.type == INFO:
            yield line(family.name + b"_info", series.labels, 1)
        elif values:
            yield line(family.name, series.labels, combined(family.mode, values))

    def parts(self, family, series):
        """The parts that count, and in a list what is retired."""
        if series.cells != 2:
            raise DamagedRecord("a series with an impossible number of cells")
        for _ in range(ATTEMPTS):
            word = self.file.u64(series.offset + 72)
            left, taken = self.retired(word & OFFSET)
            parts = [
                (row, owner, value)
                for row, owner, value in self.all_parts(series)
                if self.counts(family, row, owner, taken)
            ]
            if self.file.u64(series.offset + 72) == word:
                break
        return parts, left

    def counts(self, family, row, owner, taken):
        if family.type == INFO or family.mode >= LIVE_SUM:
            return self.alive().get(row) == owner
        if family.mode == ALL:
            return self.file.owner(row) == owner
        return (row, owner) != taken

    def alive(self):
        if self.living is None:
            self.living = self.file.alive()
        return self.living

    def retired(self, offset):
        """ "Blocks of parts, and what is retired"."""
        if offset == 0:
            return [], None
        self.file.segment_of(RECORDS, offset, 24)
        taken = (self.file.u64(offset + 8), self.file.u64(offset + 16))
        return [] if self.file.u64(offset) == UNSET else [self.file.f64(offset)], taken

    def all_parts(self, series):
        """Row, owner and value of each part that has an owner and a value."""
        file, stripes = self.file, self.file.stripes
        cells, link = series.cell, series.offset + 64
        for first in range(0, PROCESS_ROWS, stripes):
            segment = file.segment_of(CELLS, cells, 16)
            for stripe in range(min(stripes, PROCESS_ROWS - first)):
                at = cells + stripe * segment.stride
                owner = file.u64(at)
                if owner:
                    bits, value = file.u64(at + 8), file.f64(at + 8)
                    if bits != UNSET and file.u64(at) == owner:
                        yield first + stripe, owner, value
            link = file.u64(link)
            if link == 0:
                return
            file.segment_of(RECORDS, link, 16)
            cells = file.u64(link + 8)

    def pid_label(self, mode, row, owner):
        file = self.file
        if mode == LIVE_ALL:
            owners = self.alive().items()
        else:
            owners = [(each, file.owner(each)) for each in range(PROCESS_ROWS)]
        pid = file.pid(row, owner)
        others = [file.pid(each, other) for each, other in owners if each != row and other]
        return b"%d" % pid if pid and pid not in others else b"%d-%d" % (pid, owner)

    def counter_sums(self, series):
        """What was counted in whole numbers, and the fractions."""
        file = self.file
        fractions = file.f64(series.offset + 56)
        fraction_cell = file.u64(series.offset + 64)
        if fraction_cell:
            fractions += file.cell(file.f64s, fraction_cell)
        return [file.cell(file.i64s, series.cell), fractions]

    def observed_sums(self, series):
        """One per bucket, not cumulative, and the sum of the observations."""
        file = self.file
        last = series.cell + 8 * (series.cells - 1)
        buckets = [file.cell(file.i64s, each) for each in range(series.cell, last, 8)]
        return buckets + [file.cell(file.f64s, last)]

    def since_removal(self, series, cells, read):
        """The sums less those of the baseline; None if the series is not to be shown."""
        if series.cells != cells:
            raise DamagedRecord("a series with an impossible number of cells")
        for _ in range(ATTEMPTS):
            word = self.file.u64(series.offset + 72)
            sums = read(series)
            if self.file.u64(series.offset + 72) == word:
                break
        if word & ~HIDDEN:
            baseline = self.baseline(word & ~HIDDEN, len(sums))
            sums = [now - then for now, then in zip(sums, baseline)]
        changed = any(sums) if read == self.counter_sums else sum(sums[:-1]) != 0
        return None if word & HIDDEN and not changed else sums

    def baseline(self, offset, expected):
        """ "Baseline": whole numbers, the last sum a double."""
        self.file.segment_of(RECORDS, offset, 16 + 8 * expected)
        if self.file.u64(offset + 8) != expected:
            raise DamagedRecord("a baseline with an impossible number of sums")
        whole = [self.file.i64s[offset + 16 + 8 * each >> 3] for each in range(expected - 1)]
        return whole + [self.file.f64(offset + 8 + 8 * expected)]


def has_parts(family):
    return family.type == INFO or family.type == GAUGE and family.mode not in (SHARED, MOST_RECENT)


def combined(mode, values):
    """One value for all parts, in their order."""
    total = values[0]
    for value in values[1:]:
        if mode in (MIN, LIVE_MIN):
            total = least(total, value)
        elif mode in (MAX, LIVE_MAX):
            total = -least(-total, -value)
        else:
            total += value
    return total


def least(a, b):
    """Not min(), which takes no notice of NaN on one side and of the sign of zero."""
    if a != a or b != b:
        return float("nan")
    if a == b:
        return a if math.copysign(1.0, a) < 0 else b
    return a if a < b else b


# ---- the Prometheus text format, 0.0.4; bytes throughout, so no text has to be decoded


def line(name, labels, value):
    return b"%s%s %s\n" % (name, b"{%s}" % labels if labels else b"", number(value))


def number(value):
    """Counts as whole numbers, doubles with a point or an exponent."""
    if value in (float("inf"), float("-inf")):
        return b"+Inf" if value > 0 else b"-Inf"
    return b"NaN" if value != value else repr(value).encode("ascii")


def bound(value):
    """As Go prints it, since `le` names a series: from 1e+06 on with an exponent."""
    text = number(value)
    digits = text.lstrip(b"-")
    point = digits.find(b".")
    if point <= 6 or b"e" in text:
        return text
    fraction = (digits[1:point] + digits[point + 1 :]).rstrip(b"0")
    mantissa = digits[:1] + (b"." + fraction if fraction else b"")
    return (b"-" if value < 0 else b"") + b"%se+%02d" % (mantissa, point - 1)


def escape(text):
    return text.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b'"', b'\\"')


def with_label(labels, name, value):
    return (labels + b"," if labels else b"") + b'%s="%s"' % (name, value)


def observed_lines(family, series, sums):
    count = 0
    bounds = list(family.bounds) + [float("inf")]
    for upper, observations in zip(bounds, sums):
        count += observations
        if family.type == HISTOGRAM:
            labels = with_label(series.labels, b"le", bound(upper))
            yield line(family.name + b"_bucket", labels, count)
    yield line(family.name + b"_sum", series.labels, sums[-1])
    yield line(family.name + b"_count", series.labels, count)


def value_lines(family, series, value):
    if family.type == STATE_SET:
        for position, state in enumerate(family.states, 1):
            labels = with_label(series.labels, family.name, escape(state))
            yield line(family.name, labels, int(value == position))
    else:
        yield line(family.name, series.labels, value)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="print the other types of metrics too")
    parser.add_argument("file")
    arguments = parser.parse_args()

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # to end as other filters do, if nobody reads on
    try:
        reader = Reader(NarthexFile(arguments.file))
        page = b"".join(reader.lines(arguments.all))  # printed whole or not at all
        with open(sys.stdout.fileno(), "wb", closefd=False) as out:
            out.write(page)
    except RefusedFile as e:
        print("%s: %s" % (arguments.file, e), file=sys.stderr)
        return 1
    except OSError as e:
        print(e, file=sys.stderr)
        return 1
    if reader.bad_records:
        what = (arguments.file, reader.bad_records, reader.reason)
        print("%s: damaged: %d bad records left out; the first: %s" % what, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
