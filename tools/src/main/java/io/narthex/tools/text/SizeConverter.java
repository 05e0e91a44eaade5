package io.narthex.tools.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers of bytes of the command line: {@code 1000}, {@code 64k}, {@code 4m}, {@code 1g}.
 */
public final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})([kmgt]?)(?:i?b)?");

  /** For picocli. */
  public SizeConverter() {}

  @Override
  public Long convert(final String text) {
    final Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size; give a number of bytes such as 1000000, 64k, 4m, 1g");
    }
    final int shift = 10 * ("kmgt".indexOf(parts.group(2)) + 1);
    final long number = Long.parseLong(parts.group(1));
    if (!parts.group(2).isEmpty() && number > Long.MAX_VALUE >>> shift) {
      throw new TypeConversionException("'" + text + "' is more than any file has");
    }
    return parts.group(2).isEmpty() ? number : number << shift;
  }
}
