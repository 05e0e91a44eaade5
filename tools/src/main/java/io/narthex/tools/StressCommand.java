package io.narthex.tools;

import picocli.CommandLine.Command;

/** The long run of the stress tests, which are test classes. */
@Command(
    name = "stress",
    description = "Run the stress tests for hours; from the source tree: ./narthex stress --help.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not started by the script ./narthex of the source tree")
final class StressCommand extends SourceTreeCommand {}
