package org.ruvector.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.PluginException;
import org.ruvector.bench.UnavailableException;
import org.ruvector.datasets.DatasetException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells an error in one line on stderr, with {@code --debug} also where it comes from, and chooses the exit code. */
final class ErrorLine implements IExecutionExceptionHandler, IParameterExceptionHandler {

    ErrorLine() {}

    /** Called wrongly. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        print(command, e, message(e) + " (" + help + " tells more)");
        return ExitCode.USAGE;
    }

    /** Failed while running. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        Throwable cause = e instanceof UncheckedIOException io ? io.getCause() : e;
        print(command, e, message(cause));
        return exitCode(cause);
    }

    private static void print(CommandLine command, Exception e, String message) {
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": " + message.replaceAll("\\s*\\R\\s*", " "));
        Ruvector ruvector = (Ruvector) command.getCommandSpec().root().userObject();
        if (ruvector.debug()) {
            e.printStackTrace(command.getErr());
        }
    }

    private static String message(Throwable e) {
        return switch (e) {
            case NoSuchFileException missing
            when missing.getReason() == null -> "there is no file '" + missing.getFile() + "'; check the path";
            case AccessDeniedException denied -> "'" + denied.getFile() + "' may not be read or written by this user";
            case FileSystemException _, IndexFileException _, DatasetException _ -> e.getMessage();
            case PluginException _, UnavailableException _, IllegalArgumentException _ -> e.getMessage();
            case ParameterException _, IllegalStateException _ -> e.getMessage();
            case RuntimeException _ -> "internal error, please report it with the output of --debug: " + e;
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    private static int exitCode(Throwable e) {
        return switch (e) {
            case NoSuchFileException _, AccessDeniedException _, DatasetException.Missing _ -> ExitCode.USAGE;
            case PluginException _, UnavailableException _, IllegalArgumentException _ -> ExitCode.USAGE;
            default -> ExitCode.SOFTWARE;
        };
    }
}
