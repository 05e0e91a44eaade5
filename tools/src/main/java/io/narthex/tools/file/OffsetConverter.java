package io.narthex.tools.file;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an offset: decimal, or hexadecimal behind {@code 0x}. */
final class OffsetConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(final String text) {
    try {
      final long offset =
          text.startsWith("0x") || text.startsWith("0X")
              ? Long.parseLong(text.substring(2), 16)
              : Long.parseLong(text);
      if (offset >= 0) {
        return offset;
      }
    } catch (final NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + text + "' is no offset such as 65536 or 0x10000");
  }
}
