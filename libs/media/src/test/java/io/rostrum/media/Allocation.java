package io.rostrum.media;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How much the current thread has allocated, through the platform's own bean. */
public final class Allocation {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private Allocation() {}

  public static long bytesSoFar() {
    try {
      return (Long)
          SERVER.invoke(
              new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
              "getThreadAllocatedBytes",
              new Object[] {Thread.currentThread().getId()},
              new String[] {"long"});
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }
}
