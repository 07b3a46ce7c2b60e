package org.ruvector.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What the weights of the utility are worth: one curve for each weight, and a dashed one for it where nothing matters. */
public final class SweepPlot {

    private static final List<String> WEIGHTS = List.of("α", "β", "γ");
    private static final List<String> NAMES = List.of("α, of similarity", "β, of uplift", "γ, of latency");

    private SweepPlot() {}

    /**
     * Draws; needs no display.
     *
     * @param study what {@link AgentStudy#run} returned
     * @return a PNG image
     * @throws UnavailableException if this machine has no fonts to write with
     */
    public static byte[] png(Map<String, Object> study) {
        ChartImage.requireFonts();
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(640)
                .title("Reward more than by similarity alone, with 95 % intervals over worlds")
                .xAxisTitle("weight; the others are 0.7, 0.2 and 0.1")
                .yAxisTitle("reward")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(8);
        for (boolean isNull : new boolean[] {false, true}) {
            for (int w = 0; w < WEIGHTS.size(); w++) {
                curve(chart, study, w, isNull);
            }
        }
        return ChartImage.png(chart);
    }

    private static void curve(XYChart chart, Map<String, Object> study, int weight, boolean isNull) {
        String prefix = WEIGHTS.get(weight) + "=";
        List<Map<?, ?>> points = ((List<?>) study.get("records"))
                .stream()
                        .<Map<?, ?>>map(record -> (Map<?, ?>) record)
                        .filter(record -> record.get("world").equals(AgentStudy.worldName(isNull))
                                && ((String) record.get("recallBy")).startsWith(prefix))
                        .toList();
        double[] x = points.stream()
                .mapToDouble(record -> Double.parseDouble(((String) record.get("recallBy")).substring(prefix.length())))
                .toArray();
        double[] more = points.stream()
                .mapToDouble(record -> (double) record.get("more"))
                .toArray();
        double[] reach = points.stream()
                .mapToDouble(record -> ((double) record.get("high") - (double) record.get("low")) / 2)
                .toArray();
        XYSeries series =
                chart.addSeries(NAMES.get(weight) + (isNull ? ", where nothing matters" : ""), x, more, reach);
        Color colour = ChartImage.COLOURS.get(weight);
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(isNull ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
        series.setLineStyle(
                isNull
                        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                        : new BasicStroke(2.5f));
    }
}
