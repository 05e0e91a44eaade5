package io.narthex.stress.harness;

/** A test that is in the midst of it: it has a stage, and a JVM there that waits. */
public final class StageHolder {
  private StageHolder() {}

  /** Waits to be ended; with an argument, on nobody's stage. */
  public static void main(final String[] arguments) throws InterruptedException {
    if (arguments.length == 0) {
      final Stage stage = Stage.open();
      ChildMain.say("stage: " + stage.directory());
      ChildMain.say("child: " + stage.start(StageHolder.class, "waiting").pid());
    }
    ChildMain.nextCommand();
  }
}
