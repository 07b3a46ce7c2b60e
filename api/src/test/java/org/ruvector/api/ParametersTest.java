package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ParametersTest {

    @Provide
    Arbitrary<Map<String, String>> values() {
        StringArbitrary text = Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars('é', '漢')
                .excludeChars(',', '=')
                .ofMaxLength(8);
        return Arbitraries.maps(text.ofMinLength(1), text).ofMaxSize(6);
    }

    @Property(tries = 300, seed = "1")
    void whatIsPrintedIsParsedBack(@ForAll("values") Map<String, String> values) {
        Parameters parameters = Parameters.of(values);
        Parameters parsed = Parameters.parse(parameters.toString());
        assertEquals(parameters, parsed);
        assertEquals(parameters.hashCode(), parsed.hashCode());
        assertEquals(values, parsed.asMap());
    }

    @Test
    void theTextIsSortedByName() {
        assertEquals(
                "efConstruction=200,m=16",
                Parameters.none().with("m", 16).with("efConstruction", 200).toString());
        assertEquals("", Parameters.none().toString());
    }

    @Test
    void blanksAroundNamesAndValuesAreIgnored() {
        assertEquals(Parameters.parse("m=16,ef=40"), Parameters.parse("  ef = 40 ,m= 16 "));
        assertEquals(Parameters.none(), Parameters.parse(" "));
        assertEquals(Parameters.parse("ef=40"), Parameters.none().with(" ef ", "\t40 "));
        assertEquals("", Parameters.parse("name=").getText("name", "default"));
        assertEquals("a=b", Parameters.parse("x=a=b").getText("x", ""));
    }

    @Test
    void textThatIsNoParametersIsRefused() {
        refused("'m' in 'm' is not of the form name=value", () -> Parameters.parse("m"));
        refused("'=3' in 'm=1,=3' is not of the form name=value", () -> Parameters.parse("m=1,=3"));
        refused("'' in 'm=1,' is not of the form name=value", () -> Parameters.parse("m=1,"));
        refused("'=1' in '  =1' is not of the form name=value", () -> Parameters.parse("  =1"));
        refused("'m' is given twice in 'm=1, m=2'", () -> Parameters.parse("m=1, m=2"));
    }

    @Test
    void namesAndValuesThatCannotBePrintedAreRefused() {
        String reason =
                " cannot be a parameter: the name must not be empty nor contain '=', and neither side may contain ','";
        refused("'a=b=1'" + reason, () -> Parameters.none().with("a=b", 1));
        refused("'a,b=1'" + reason, () -> Parameters.none().with("a,b", 1));
        refused("'=1'" + reason, () -> Parameters.none().with("", 1));
        refused("'a=1,2'" + reason, () -> Parameters.none().with("a", "1,2"));
    }

    @Test
    void valuesAreReadByType() {
        Parameters parameters = Parameters.parse("i=-3,l=5000000000,d=2.5e-3,b=true,t=text");
        assertEquals(-3, parameters.getInt("i", 0));
        assertEquals(5_000_000_000L, parameters.getLong("l", 0));
        assertEquals(2.5e-3, parameters.getDouble("d", 0));
        assertTrue(parameters.getBoolean("b", false));
        assertEquals("text", parameters.getText("t", ""));
    }

    @Test
    void whatIsNotGivenHasTheDefault() {
        Parameters none = Parameters.none();
        assertEquals(7, none.getInt("x", 7));
        assertEquals(7L, none.getLong("x", 7));
        assertEquals(0.5, none.getDouble("x", 0.5));
        assertTrue(none.getBoolean("x", true));
        assertEquals("y", none.getText("x", "y"));
    }

    @Test
    void valuesOfAnotherTypeAreRefused() {
        Parameters parameters = Parameters.parse("x=often,l=5000000000");
        refused("x=often is not a whole number", () -> parameters.getInt("x", 0));
        refused("x=often is not a whole number", () -> parameters.getLong("x", 0));
        refused("x=often is not a number", () -> parameters.getDouble("x", 0));
        refused("x=often is neither true nor false", () -> parameters.getBoolean("x", false));
        refused("l=5000000000 does not fit 32 bits", () -> parameters.getInt("l", 0));
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        Parameters parameters = Parameters.parse("m=16,efs=1,zap=2");
        refused("Unknown parameters efs, zap; known are: m, ef", () -> parameters.requireOnly("m", "ef"));
        refused("Unknown parameter zap; known are: efs, m", () -> parameters.requireOnly("efs", "m"));
        refused("Unknown parameters efs, m, zap; there are none here", parameters::requireOnly);
        assertSame(parameters, parameters.requireOnly("m", "efs", "zap"));
    }

    @Test
    void parametersDoNotChange() {
        Parameters before = Parameters.parse("m=16");
        Parameters after = before.with("m", 32);
        assertEquals(16, before.getInt("m", 0));
        assertEquals(32, after.getInt("m", 0));
        assertNotEquals(before, after);
        assertThrows(UnsupportedOperationException.class, () -> before.asMap().put("m", "1"));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
