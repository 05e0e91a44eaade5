package io.narthex.backend;

import io.narthex.NarthexException;
import java.util.Map;

/** Third parties' backends, as they should be and as they should not. */
public final class LoadableBackends {
  private LoadableBackends() {}

  /** All of a backend but the way to make it. */
  public abstract static class OnHeap implements Backend {
    private final Backend heap = HeapBackend.create();

    @Override
    public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
      return heap.register(wanted, overflow);
    }

    @Override
    public boolean unregister(final String family) {
      return heap.unregister(family);
    }

    @Override
    public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
      heap.visit(visitor);
    }

    @Override
    public void close() {
      heap.close();
    }
  }

  /** As it should be. */
  public static final class Good extends OnHeap {
    final Map<String, ?> config;

    Good(final Map<String, ?> config) {
      this.config = config;
    }

    /** Makes one. */
    public static Good fromConfig(final Map<String, ?> config) {
      return new Good(config);
    }
  }

  /** Has no {@code fromConfig}. */
  public static final class WithoutMethod extends OnHeap {}

  /** Has one that is not static. */
  public static final class WithMethodOfObject extends OnHeap {
    /** Is of no use. */
    public WithMethodOfObject fromConfig(final Map<String, ?> config) {
      return this;
    }
  }

  /** Has one that returns nothing. */
  public static final class MakesNull extends OnHeap {
    /** Makes none. */
    public static MakesNull fromConfig(final Map<String, ?> config) {
      return null;
    }
  }

  /** Has one that returns another backend. */
  public static final class MakesOther extends OnHeap {
    /** Makes another. */
    public static Backend fromConfig(final Map<String, ?> config) {
      return HeapBackend.create();
    }
  }

  /** Has one that throws what the option {@code how} says. */
  public static final class Throws extends OnHeap {
    /** Throws. */
    @SuppressWarnings("DoNotCallSuggester") // the point of it
    public static Throws fromConfig(final Map<String, ?> config) throws Exception {
      throw switch (Config.of(Throws.class, config, "how").string("how").orElse("")) {
        case "checked" -> new Exception("checked");
        case "argument" -> new IllegalArgumentException("stripes 3 is no power of two");
        default -> new NarthexException("disk is on fire");
      };
    }
  }

  /** Cannot be initialized, as a part of it is missing. */
  public static final class Unlinked extends OnHeap {
    /** Throws. */
    @SuppressWarnings("DoNotCallSuggester") // the point of it
    public static Unlinked fromConfig(final Map<String, ?> config) {
      throw new NoClassDefFoundError("org/acme/Driver");
    }
  }

  /** Gives {@link Good} a short name. */
  public static final class GoodProvider implements BackendProvider {
    @Override
    public String name() {
      return "good";
    }

    @Override
    public Backend create(final Map<String, ?> config) {
      if (config.containsKey("throw")) {
        throw new IllegalStateException("no");
      }
      return config.containsKey("null") ? null : new Good(config);
    }
  }
}
