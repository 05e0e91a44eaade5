package io.narthex.tools;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code narthex generate-completion}. */
@Command(
    name = "generate-completion",
    description = {
      "Writes a script with which bash completes this command.",
      "",
      "Have it read at once by: source <(narthex generate-completion)"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:written", "1:the output cannot be written", "2:the command line is wrong"})
final class CompletionCommand implements Runnable {
  /** Of {@code --option=value} bash makes three words, where the script expects two. */
  private static final String WORDS_OF_ASSIGNMENTS =
      """

      function _complete_NAME_words() {
        local words=() at cword=$COMP_CWORD
        for ((at = 0; at < ${#COMP_WORDS[@]}; at++)); do
          if [ "${COMP_WORDS[at]}" != "=" ]; then
            words+=("${COMP_WORDS[at]}")
          elif ((at < COMP_CWORD)); then
            ((cword--))
          else
            words+=("")
          fi
        done
        COMP_WORDS=("${words[@]}") COMP_CWORD=$cword
        _complete_NAME
      }
      complete -F _complete_NAME_words -o default NAME
      """;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    final PrintWriter out = spec.commandLine().getOut();
    final String name = spec.root().name();
    out.print(AutoComplete.bash(name, spec.root().commandLine()));
    out.print(WORDS_OF_ASSIGNMENTS.replace("NAME", name));
    out.flush();
  }
}
