package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What the contract of providers refuses. */
final class ProviderContractTest {

    @Test
    void aPluginThatIsDeclaredNowhereIsRefused() {
        ProviderContract undeclared = RoundingProvider::new;
        assertThrows(AssertionError.class, undeclared::thePluginIsFound);
        assertThrows(Exception.class, undeclared::moduleAndServicesSayTheSame);
    }
}
