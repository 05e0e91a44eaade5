package io.narthex.tools.demo;

/** The labels under which a request is counted. */
record RequestKey(String worker, String method, String status) {
  boolean isError() {
    return !status.startsWith("2");
  }
}
