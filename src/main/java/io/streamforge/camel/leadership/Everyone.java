package io.streamforge.camel.leadership;

/** No election at all: each process leads. */
public final class Everyone implements Election {
  private volatile boolean standing;

  @Override
  public String kind() {
    return "none";
  }

  @Override
  public void check() {
    // It needs nothing.
  }

  @Override
  public void stand(Candidate candidate) {
    standing = true;
    candidate.changed();
  }

  @Override
  public boolean holds() {
    return standing;
  }

  @Override
  public void leave() {
    standing = false;
  }
}
