package org.ruvector.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ruvector.api.Progress;

/**
 * Shows stages of work that take over two seconds: on a terminal as a bar that vanishes at the end, elsewhere (a log) as a
 * line now and then. Being told costs a worker one volatile write; looking and drawing is done by a thread of its own, so
 * that a stage which reports rarely still shows that time goes by.
 */
final class ProgressDisplay implements Progress, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final PrintWriter err;
    private final boolean terminal;
    private final Thread clock;

    private static final Stage NONE = new Stage("", 0, 0, 0);

    private volatile Stage now = NONE;

    // Guarded by this.
    private Stage shown;
    private ProgressBar bar;
    private long lastLine;

    /**
     * Work that is going on.
     *
     * @param since when it began, as {@link System#nanoTime()}
     */
    private record Stage(String name, long since, long done, long total) {

        boolean sameWorkAs(Stage other) {
            return other != null && name.equals(other.name) && total == other.total && since == other.since;
        }

        boolean running() {
            return !name.isEmpty() && done != total;
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    /**
     * Begins to watch.
     *
     * @param err      takes the lines where there is no terminal; bars go to the process's stderr
     * @param terminal whether to show bars
     */
    ProgressDisplay(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
        this.clock = Thread.ofPlatform().daemon().name("progress").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                look();
            }
        } catch (InterruptedException e) {
            // That is how close() ends this thread.
        }
    }

    @Override
    public boolean update(String stage, long done, long total) {
        Stage before = now;
        // Several workers may report out of order.
        now = before.running() && before.name.equals(stage) && before.total == total
                ? new Stage(stage, before.since, Math.max(done, before.done), total)
                : new Stage(stage, System.nanoTime(), done, total);
        return true;
    }

    private synchronized void look() {
        Stage stage = now;
        if (shown != null && !stage.sameWorkAs(shown)) {
            hide();
        }
        if (!stage.running() || stage.age().compareTo(PATIENCE) < 0) {
            return;
        }
        if (terminal) {
            drawBar(stage);
        } else {
            printLine(stage);
        }
        shown = stage;
    }

    private void drawBar(Stage stage) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(stage.name)
                    .setInitialMax(stage.total)
                    .startsFrom(stage.done, stage.age())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis((int) INTERVAL.toMillis())
                    .clearDisplayOnFinish()
                    // The default moves the cursor, which needs an empty line of its own.
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
        bar.stepTo(stage.done);
    }

    private void printLine(Stage stage) {
        if (shown != null && System.nanoTime() - lastLine < BETWEEN_LINES.toNanos()) {
            return;
        }
        lastLine = System.nanoTime();
        String share = stage.total > 0
                ? String.format(
                        Locale.ROOT, "%,d of %,d (%d %%)", stage.done, stage.total, 100 * stage.done / stage.total)
                : String.format(Locale.ROOT, "%,d", stage.done);
        err.println(stage.name + ": " + share + " after " + stage.age().toSeconds() + " s");
    }

    /** Says what comes next; a bar would be in the way. */
    synchronized void say(String line) {
        hide();
        err.println(line);
    }

    private synchronized void hide() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        shown = null;
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        clock.interrupt();
        now = NONE;
        hide();
    }
}
