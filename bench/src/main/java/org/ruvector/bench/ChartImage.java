package org.ruvector.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** What all pictures of charts share. */
final class ChartImage {

    /** Paul Tol's bright colours, which colour-blind readers can tell apart. */
    static final List<Color> COLOURS = List.of(
            new Color(0x4477AA),
            new Color(0xEE6677),
            new Color(0x228833),
            new Color(0xCCBB44),
            new Color(0x66CCEE),
            new Color(0xAA3377));

    private ChartImage() {}

    /**
     * Small installations of Java come without fonts, which is known only when the first letter is drawn.
     *
     * @throws UnavailableException if this is one
     */
    static void requireFonts() {
        try {
            new TextLayout("1", new Font(Font.SANS_SERIF, Font.PLAIN, 12), new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new UnavailableException(
                    "There is no picture, because Java finds no fonts on this machine; install some (Debian: apt-get"
                            + " install fontconfig)",
                    e);
        }
    }

    /** Draws; needs no display. */
    static byte[] png(XYChart chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("The plot could not be encoded", e);
        }
    }
}
