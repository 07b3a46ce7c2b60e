package org.ruvector.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ruvector.api.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, and the options that every subcommand has. */
@Command(
        name = "ruvector",
        description = "Compares, builds, searches and examines vector indexes.",
        subcommands = {
            QuickstartCommand.class,
            BenchCommand.class,
            BenchFilterCommand.class,
            BenchQuantizersCommand.class,
            BenchSpaceCommand.class,
            BenchOpenCommand.class,
            BenchEffectsCommand.class,
            BenchAgentCommand.class,
            BenchHybridCommand.class,
            BenchHypergraphCommand.class,
            BenchKernelsCommand.class,
            BenchKeysCommand.class,
            BenchScannedCommand.class,
            BenchScorersCommand.class,
            BenchMemoryCommand.class,
            BuildCommand.class,
            CompareCommand.class,
            SearchCommand.class,
            InfoCommand.class,
            DoctorCommand.class,
            PluginsCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Ruvector.Version.class,
        usageHelpWidth = 110,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:something failed, or was found to be damaged or unhealthy",
            "2:called wrongly, or something that it needs is missing"
        },
        footer = {"%nExamples:", "  ruvector quickstart", "  ruvector bench --help", "  ruvector plugins"})
final class Ruvector implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description =
                    "Where data sets and compiled code are kept; by default RUVECTOR_CACHE, or ~/.cache/ruvector.")
    private Path cache;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from, as a stack trace.")
    private boolean debug;

    Ruvector(Session session) {
        this.session = session;
    }

    /** Without a subcommand: says what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    boolean debug() {
        return debug;
    }

    Path cache() {
        if (cache != null) {
            return cache;
        }
        String variable = System.getenv("RUVECTOR_CACHE");
        return variable != null && !variable.isBlank()
                ? Path.of(variable)
                : Path.of(System.getProperty("user.home"), ".cache", "ruvector");
    }

    Plugins plugins() {
        return session.plugins().get();
    }

    Session.NamedSets sets() {
        return session.sets();
    }

    Console console() {
        return new Console(spec.commandLine(), session.terminal().getAsBoolean());
    }

    /** The command as it was typed, which makes the same figures again. */
    List<String> typed() {
        List<String> words = spec.commandLine().getParseResult().originalArgs();
        return List.of(words.stream().map(Ruvector::quoted).collect(Collectors.joining(" ", "./ruvector ", "")));
    }

    /** A word as a shell takes it. */
    static String quoted(String word) {
        return word.matches("[-\\w./:=,+@%]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The version that the build wrote into the module. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Ruvector.class.getModule().isNamed()
                    ? Ruvector.class.getModule().getDescriptor().rawVersion().orElse("(development)")
                    : "(development)";
            return new String[] {"ruvector " + version + ", " + org.ruvector.bench.Machine.jdk()};
        }
    }
}
