package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The README's pictures. */
final class PicturesTest {
  @TempDir private Path directory;

  @Test
  void shouldBeWellFormed() throws Exception {
    final List<Path> files = Pictures.write(Sample.full(), directory.resolve("images"));
    assertThat(files)
        .extracting(Path::getFileName)
        .map(Path::toString)
        .containsExactly("ratios.svg", "growth.svg");
    for (final Path file : files) {
      final Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
      assertThat(document.getDocumentElement().getNodeName()).isEqualTo("svg");
      assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("800");
      assertThat(document.getElementsByTagName("text").getLength()).isGreaterThan(20);
      assertThat(Files.readString(file)).doesNotContain("NaN", "href", "undefined");
    }
  }

  @Test
  void shouldDrawTheSameTwice() throws IOException {
    final List<Path> first = Pictures.write(Sample.full(), directory.resolve("first"));
    final List<Path> second = Pictures.write(Sample.full(), directory.resolve("second"));
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).hasSameTextualContentAs(first.get(i));
    }
  }

  @Test
  void shouldLeavePictureOfWhatWasNotMeasured() throws IOException {
    assertThat(Pictures.write(Sample.of(List.of()), directory)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }
}
