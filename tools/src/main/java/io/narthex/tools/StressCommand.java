package io.narthex.tools;

import picocli.CommandLine.Command;

/** The long run of the stress tests, which are test classes. */
@Command(
    name = "stress",
    description = "Runs the stress tests for hours. In the source tree only.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not started by the script ./narthex of the source tree")
final class StressCommand extends SourceTreeCommand {}
