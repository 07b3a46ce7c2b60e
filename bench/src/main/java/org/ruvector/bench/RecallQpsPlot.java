package org.ruvector.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The picture that the field reads first: recall to the right, queries per second upwards on a logarithmic axis. */
public final class RecallQpsPlot {

    /** More curves cannot be told apart. */
    private static final int MOST = 12;

    private static final double WANTED = 0.95;

    private RecallQpsPlot() {}

    /**
     * Draws; needs no display.
     *
     * @param report what was measured; only the smallest number of threads is drawn, and of more than 12 indexes the fastest at a recall
     *               of 0.95
     * @return a PNG image
     * @throws UnavailableException if this machine has no fonts to write with
     */
    public static byte[] png(Report report) {
        ChartImage.requireFonts();
        int threads =
                report.records().stream().mapToInt(Measurement::threads).min().orElse(1);
        Map<String, List<Measurement>> all = report.records().stream()
                .filter(m -> m.threads() == threads)
                .collect(Collectors.groupingBy(
                        m -> report.shortName(m.subject()), LinkedHashMap::new, Collectors.toList()));
        Map<String, List<Measurement>> curves = fastest(all);
        Map<String, Object> facts = report.provenance().facts();
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(640)
                .title(facts.get("dataset") + ": " + count(facts.get("n")) + " × " + facts.get("dimension") + ", "
                        + facts.get("metric") + ", " + threads + (threads == 1 ? " thread" : " threads")
                        + (all.size() > MOST ? ", the " + MOST + " fastest of " + all.size() : ""))
                .xAxisTitle("recall@" + facts.getOrDefault("k", "k"))
                .yAxisTitle("queries per second")
                .build();
        style(chart, curves);
        List<String> names = new ArrayList<>(curves.keySet());
        for (int i = 0; i < names.size(); i++) {
            List<Measurement> points = curves.get(names.get(i));
            points.sort(Comparator.comparingDouble(Measurement::recall));
            XYSeries series = chart.addSeries(
                    names.get(i),
                    points.stream().mapToDouble(Measurement::recall).toArray(),
                    points.stream().mapToDouble(m -> m.speed().qps()).toArray());
            boolean peer = points.getFirst().subject().peer();
            Color colour = ChartImage.COLOURS.get(i % ChartImage.COLOURS.size());
            series.setLineColor(colour);
            series.setMarkerColor(colour);
            series.setMarker(
                    peer
                            ? SeriesMarkers.DIAMOND
                            : i < ChartImage.COLOURS.size() ? SeriesMarkers.CIRCLE : SeriesMarkers.SQUARE);
            series.setLineStyle(
                    peer
                            ? new BasicStroke(
                                    1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                            : new BasicStroke(2.5f));
        }
        return ChartImage.png(chart);
    }

    private static String count(Object n) {
        return n instanceof Integer number ? String.format(Locale.ROOT, "%,d", number) : String.valueOf(n);
    }

    private static Map<String, List<Measurement>> fastest(Map<String, List<Measurement>> all) {
        Comparator<Map.Entry<String, List<Measurement>>> bySpeed =
                Comparator.comparingDouble(curve -> -curve.getValue().stream()
                        .filter(m -> m.recall() >= WANTED)
                        .mapToDouble(m -> m.speed().qps())
                        .max()
                        .orElse(0));
        List<String> kept = all.entrySet().stream()
                .sorted(bySpeed)
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, List<Measurement>> curves = new LinkedHashMap<>(all);
        curves.keySet().retainAll(kept);
        return curves;
    }

    private static void style(XYChart chart, Map<String, List<Measurement>> curves) {
        List<Measurement> drawn = curves.values().stream().flatMap(List::stream).toList();
        double worst = drawn.stream().mapToDouble(Measurement::recall).min().orElse(0);
        // From one power of ten to another: only those are labelled.
        DoubleSummaryStatistics qps =
                drawn.stream().mapToDouble(m -> m.speed().qps()).summaryStatistics();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(qps.getMin()))));
        chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(qps.getMax()))));
        chart.getStyler().setXAxisMin(Math.floor(worst * 20) / 20);
        chart.getStyler().setXAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.00");
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        // Below, names are side by side.
        chart.getStyler()
                .setLegendPosition(
                        curves.size() > ChartImage.COLOURS.size() ? LegendPosition.OutsideE : LegendPosition.OutsideS);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD));
        chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        chart.getStyler().setMarkerSize(8);
    }
}
