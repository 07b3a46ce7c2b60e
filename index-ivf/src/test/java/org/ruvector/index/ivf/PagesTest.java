package org.ruvector.index.ivf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which places are whose, against a model that only counts. */
final class PagesTest {

    @Property(tries = 200, seed = "1")
    void everyRowHasAPlaceOfItsOwn(@ForAll @Size(max = 400) List<@IntRange(min = -4, max = 3) Integer> steps) {
        Pages pages = new Pages(4);
        int[] sizes = new int[4];
        for (int step : steps) {
            // Several at once, so that lists have several pages.
            for (int i = 0; i < 20; i++) {
                int list = step < 0 ? -1 - step : step;
                if (step >= 0) {
                    assertEquals(pages.append(list), pages.last(list));
                    sizes[list]++;
                } else if (sizes[list] > 0) {
                    pages.shrink(list);
                    sizes[list]--;
                }
            }
        }
        requireSound(pages, sizes);
        requireSound(new Pages(sizes, numbers(pages), pages.used()), sizes);
    }

    private static void requireSound(Pages pages, int[] sizes) {
        Set<Integer> slots = new HashSet<>();
        int jumps = 0;
        int needed = 0;
        for (int list = 0; list < sizes.length; list++) {
            assertEquals(sizes[list], pages.size(list));
            for (int row = 0; row < sizes[list]; row++) {
                int slot = pages.slot(list, row);
                assertTrue(slots.add(slot) && slot < pages.used() * Pages.WIDTH);
                assertEquals(list, pages.list(slot));
            }
            for (int i = 0; i < Pages.pages(sizes[list]); i++) {
                jumps += i > 0 && pages.of(list)[i] != pages.of(list)[i - 1] + 1 ? 1 : 0;
                needed++;
            }
        }
        assertEquals(Arrays.stream(sizes).sum(), pages.count());
        assertEquals(
                pages.used() == 0 ? 0 : (double) (jumps + pages.used() - needed) / pages.used(), pages.fragmentation());
    }

    private static int[] numbers(Pages pages) {
        int[] all = new int[pages.used()];
        int n = 0;
        for (int list = 0; list < pages.lists(); list++) {
            for (int i = 0; i < Pages.pages(pages.size(list)); i++) {
                all[n++] = pages.of(list)[i];
            }
        }
        return Arrays.copyOf(all, n);
    }

    @Test
    void aPageThatIsNoneOrAnothersIsRefused() {
        assertEquals(
                "list 1 has page 0 of 3, which is none or another's",
                assertThrows(IllegalArgumentException.class, () -> new Pages(new int[] {2, 3}, new int[] {0, 0}, 3))
                        .getMessage());
        for (int bad : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> new Pages(new int[] {2, 3}, new int[] {0, bad}, 3));
        }
    }

    @Test
    void theImbalanceIsOneForEvenLists() {
        Pages pages = new Pages(3);
        assertEquals(1, pages.imbalance());
        for (int i = 0; i < 30; i++) {
            pages.append(i % 3);
        }
        assertEquals(1, pages.imbalance(), 1e-12);
        for (int i = 0; i < 30; i++) {
            pages.append(0);
        }
        assertEquals(3.0 * (1600 + 100 + 100) / 3600, pages.imbalance(), 1e-12);
    }

    @Property(tries = 300, seed = "2")
    void theLeastKeysComeToTheFront(
            @ForAll @Size(min = 1, max = 300) Set<Long> distinct, @ForAll @IntRange(max = 1000) int n) {
        long[] keys = distinct.stream().mapToLong(Long::longValue).toArray();
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int least = 1 + n % keys.length;
        CoarseLists.select(keys, keys.length, least);
        Arrays.sort(keys, 0, least);
        assertArrayEquals(Arrays.copyOf(sorted, least), Arrays.copyOf(keys, least));
    }
}
