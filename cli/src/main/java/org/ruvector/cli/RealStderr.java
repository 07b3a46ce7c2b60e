package org.ruvector.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gives the process the stderr that the launcher kept for it.
 *
 * <p>The JVM prints a warning about the incubating Vector API before {@code main}, and no option silences it. So the launcher
 * {@code ./ruvector} starts the JVM with stderr going through a filter that drops this line, and with the true stderr as
 * descriptor {@code n}, named in the system property {@code ruvector.stderr}. From here on nothing is filtered, and stderr is a
 * terminal again if it was one. Started without the launcher, this does nothing.
 */
final class RealStderr {

    private RealStderr() {}

    /** Makes descriptor 2 a copy of the one named by the launcher; if that fails, stderr stays filtered, which only costs speed. */
    static void restore() {
        Integer kept = Integer.getInteger("ruvector.stderr");
        if (kept == null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("dup2").ifPresent(address -> {
            MethodHandle dup2 = linker.downcallHandle(
                    address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            try {
                int _ = (int) dup2.invokeExact((int) kept, 2);
            } catch (Throwable e) {
                throw new IllegalStateException("dup2 failed", e);
            }
        });
    }

    /** Whether stderr is a terminal. {@link System#console()} cannot tell: it looks at stdin and stdout only. */
    static boolean isTerminal() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("isatty")
                .map(address -> {
                    MethodHandle isatty = linker.downcallHandle(
                            address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                    try {
                        return (int) isatty.invokeExact(2) == 1;
                    } catch (Throwable e) {
                        throw new IllegalStateException("isatty failed", e);
                    }
                })
                .orElse(false);
    }
}
