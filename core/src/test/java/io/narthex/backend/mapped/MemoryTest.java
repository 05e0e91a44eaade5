package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How memory is reached; run with the flag that Agrona needs, and without it. */
final class MemoryTest {
  @Test
  void shouldReachMemoryThroughAgronaWhereTheJvmAllowsIt() {
    final boolean withoutFlag = Boolean.getBoolean("narthex.test.withoutFlag");
    assertThat(Memory.ACCESS)
        .isExactlyInstanceOf(withoutFlag ? VarHandleMemory.class : AgronaMemory.class);
  }

  /** The class of the access above is the other half of the proof. */
  @Test
  void shouldHaveNoFaultHookUnlessOneIsNamed() {
    assertThat(System.getProperty(FaultPoint.PROPERTY)).isNull();
    assertThat(FaultPoint.isHooked()).isFalse();
  }

  @Test
  void shouldStoreLittleEndian() {
    final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    final long first = Memory.ACCESS.base(buffer);
    Memory.ACCESS.putLong(buffer, first + 8, 0x0102_0304_0506_0708L);
    Memory.ACCESS.getAndAddLong(buffer, first + 8, 1);
    Memory.ACCESS.addDouble(buffer, first + 16, 1.5);
    assertThat(buffer.get(8)).isEqualTo((byte) 9);
    assertThat(buffer.get(15)).isEqualTo((byte) 1);
    assertThat(Memory.ACCESS.getLong(buffer, first + 16))
        .isEqualTo(Double.doubleToRawLongBits(1.5));
    final byte[] copied = new byte[3];
    Memory.ACCESS.getBytes(buffer, first + 8, copied, 0, copied.length);
    assertThat(copied).containsExactly(9, 7, 6);
  }
}
