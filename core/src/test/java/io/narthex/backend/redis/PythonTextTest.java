package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are what Python 3.11 printed. */
final class PythonTextTest {
  static List<Map.Entry<Double, String>> floats() {
    return List.of(
        Map.entry(0.1 + 0.2, "0.30000000000000004"),
        Map.entry(Double.MIN_VALUE, "5e-324"),
        Map.entry(3 * Double.MIN_VALUE, "1.5e-323"),
        Map.entry(1e21, "1e+21"),
        Map.entry(1e22, "1e+22"),
        Map.entry(Double.valueOf("1e23"), "1e+23"),
        Map.entry(Double.valueOf("2e23"), "2e+23"),
        Map.entry(1e100, "1e+100"),
        Map.entry(1.5e300, "1.5e+300"),
        Map.entry(123456789012345680.0, "1.2345678901234568e+17"),
        Map.entry(0x1p63, "9.223372036854776e+18"),
        Map.entry(-0.0, "-0.0"),
        Map.entry(0.0, "0.0"),
        Map.entry(1.0, "1.0"),
        Map.entry(100.0, "100.0"),
        Map.entry(1e15, "1000000000000000.0"),
        Map.entry(9007199254740992.0, "9007199254740992.0"),
        Map.entry(9999999999999998.0, "9999999999999998.0"),
        Map.entry(1e16, "1e+16"),
        Map.entry(1e-05, "1e-05"),
        Map.entry(-1e-05, "-1e-05"),
        Map.entry(9.5e-05, "9.5e-05"),
        Map.entry(-2.5e-07, "-2.5e-07"),
        Map.entry(0.0001, "0.0001"),
        Map.entry(0.00012, "0.00012"),
        Map.entry(0.005, "0.005"),
        Map.entry(2.5, "2.5"),
        Map.entry(4.35, "4.35"),
        Map.entry(123456.789, "123456.789"),
        Map.entry(1.0 / 3, "0.3333333333333333"),
        Map.entry(2.0 / 3, "0.6666666666666666"),
        Map.entry(0x1p-44, "5.684341886080802e-14"),
        Map.entry(Double.MIN_NORMAL, "2.2250738585072014e-308"),
        Map.entry(Double.MAX_VALUE, "1.7976931348623157e+308"));
  }

  @ParameterizedTest
  @MethodSource("floats")
  void shouldWriteFloatAsPythonDoes(final Map.Entry<Double, String> expected) {
    assertThat(PythonText.number(expected.getKey())).isEqualTo(expected.getValue());
  }

  static List<Map.Entry<Double, String>> ints() {
    return List.of(
        Map.entry(0.0, "0"),
        Map.entry(-0.0, "0"),
        Map.entry(1.0, "1"),
        Map.entry(-1.0, "-1"),
        Map.entry(1e16, "10000000000000000"),
        Map.entry(1e21, "1000000000000000000000"));
  }

  @ParameterizedTest
  @MethodSource("ints")
  void shouldWriteIntAsPythonDoes(final Map.Entry<Double, String> expected) {
    assertThat(PythonText.isWhole(expected.getKey())).isTrue();
    assertThat(PythonText.wholeNumber(expected.getKey())).isEqualTo(expected.getValue());
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.5,
        -1.5,
        Double.MIN_VALUE,
        1e24,
        Double.POSITIVE_INFINITY,
        Double.MAX_VALUE,
        Double.NaN
      })
  void shouldTakeForIntOnlyWhatHasOneSpelling(final double value) {
    assertThat(PythonText.isWhole(value)).isFalse();
  }

  static List<Map.Entry<Map<String, String>, String>> labels() {
    return List.of(
        Map.entry(Map.of(), "{}"),
        Map.entry(Map.of("a", ""), "{\"a\": \"\"}"),
        Map.entry(inOrder("b", "é", "a", "1"), "{\"b\": \"\\u00e9\", \"a\": \"1\"}"),
        Map.entry(
            Map.of("l", "\"\\/\b\f\n\r\t\0\u001f\u007f"),
            "{\"l\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\"}"),
        Map.entry(Map.of("l", "🎉\u2028\ud800"), "{\"l\": \"\\ud83c\\udf89\\u2028\\ud800\"}"));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void shouldWriteAndReadLabelsAsPythonDoes(final Map.Entry<Map<String, String>, String> expected) {
    assertThat(PythonText.json(expected.getKey())).isEqualTo(expected.getValue());
    assertThat(PythonText.labels(expected.getValue())).isEqualTo(expected.getKey());
  }

  @Test
  void shouldReadCompactLabels() {
    assertThat(PythonText.labels("{\"a\":\"1\",\"b\":\"é\"}"))
        .isEqualTo(Map.of("a", "1", "b", "é"));
  }

  /** An application may give pytheus a number for a label's value. */
  @Test
  void shouldReadNumberAsLabelValue() {
    assertThat(PythonText.labels("{\"status\": 200}")).isEqualTo(Map.of("status", "200"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1",
        "null",
        "[]",
        "{",
        "{\"a\": null}",
        "{\"a\": {}}",
        "{\"a\": [\"1\", \"2\"]}",
        "{\"a\": [\"1\"]}",
        "{\"a\": \"1\"} {}"
      })
  void shouldTakeNothingElseForLabels(final String text) {
    assertThat(PythonText.labels(text)).isNull();
  }

  private static Map<String, String> inOrder(
      final String name, final String value, final String nextName, final String nextValue) {
    final Map<String, String> labels = new LinkedHashMap<>();
    labels.put(name, value);
    labels.put(nextName, nextValue);
    return labels;
  }
}
