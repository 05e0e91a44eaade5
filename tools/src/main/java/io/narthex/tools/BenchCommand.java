package io.narthex.tools;

import picocli.CommandLine.Command;

/** The benchmarks: with the libraries that they compare with they are a jar of their own. */
@Command(
    name = "bench",
    description = "Measures Narthex beside its peers. In the source tree only.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not started by the script ./narthex of the source tree")
final class BenchCommand extends SourceTreeCommand {}
