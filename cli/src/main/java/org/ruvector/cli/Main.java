package org.ruvector.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** The {@code ruvector} command. */
public final class Main {

    private Main() {}

    /**
     * Runs one command; the process ends with 0 if it succeeded, 1 if it failed, 2 if it was called wrongly or something that
     * it needs is missing.
     *
     * @param args command and options
     */
    public static void main(String[] args) {
        RealStderr.restore();
        // Peers log how they were set up, which the reports tell anyway; stderr is for progress and errors.
        LogManager.getLogManager().reset();
        CommandLine commandLine = commandLine(Session.standard());
        // Whatever the locale: plain C would turn every × and µ into a question mark.
        commandLine.setOut(utf8(FileDescriptor.out));
        commandLine.setErr(utf8(FileDescriptor.err));
        System.exit(run(commandLine, args));
    }

    /** The command with all its subcommands. */
    static CommandLine commandLine(Session session) {
        CommandLine commandLine = new CommandLine(new Ruvector(session));
        commandLine.setExecutionExceptionHandler(new ErrorLine());
        commandLine.setParameterExceptionHandler(new ErrorLine());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    /** Runs one command and returns its exit code. */
    static int run(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("ruvector: not enough memory (" + e.getMessage() + "); allow the Java heap more with"
                            + " RUVECTOR_JAVA_OPTS=-Xmx8g, or take fewer rows with --limit");
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            commandLine.getOut().flush();
            commandLine.getErr().flush();
        }
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
