package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ruvector.bench.peer.Peers;

final class HelpTest {

    static Stream<String> commands() {
        return Main.commandLine(Session.standard()).getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_explains_itself_with_an_example(String command) {
        Run run = Run.of(command, "--help").succeeded();
        assertTrue(run.out().startsWith("Usage: ruvector " + command), run.out());
        assertTrue(run.out().contains("Examples:\n  ruvector " + command), run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 120), run.out());
        assertEquals("", run.err());
    }

    @Test
    void without_a_command_all_commands_are_listed() {
        Run run = Run.of().succeeded();
        commands().forEach(command -> assertTrue(run.out().contains("  " + command + " "), command));
        assertEquals(run.out(), Run.of("--help").succeeded().out());
    }

    @Test
    void every_peer_is_named_where_peers_are_asked_for() {
        String help = Run.of("bench", "--help").succeeded().out();
        Peers.NAMES.forEach(name -> assertTrue(help.matches("(?s).*\\b" + name + "[\\s,;.].*"), name + ": " + help));
    }

    @Test
    void the_version_is_told_with_the_java_that_runs() {
        String version = Run.of("--version").succeeded().out();
        assertTrue(version.matches("ruvector \\d+\\.\\d+\\.\\d+\\S*, .* 2[5-9].*\\R"), version);
    }
}
