package org.ruvector.index.ivf;

import java.util.Arrays;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.storage.SlotTable;

/**
 * Which places are whose. Vectors lie in pages of {@value #WIDTH} slots, and a list is a row of pages, all full but the last. Slot {@code s} is
 * place {@code s mod 32} of page {@code s / 32}. Pages that are given back are given out again. Belongs to one thread, but for
 * reading.
 */
final class Pages {
    static final int WIDTH = NeighbourhoodCodec.WIDTH;
    static final int MAX_PAGES = SlotTable.MAX_SIZE / WIDTH;
    private static final int FREE = -1;

    private final int[][] pages;
    private final int[] sizes;
    /** The list of each page. */
    private int[] owners = new int[16];

    private int[] free = new int[4];
    private int frees;
    private int used;
    private int count;
    /** Pages that do not follow the one before in their list. */
    private int jumps;

    Pages(int lists) {
        pages = new int[lists][0];
        sizes = new int[lists];
    }

    /**
     * As they were saved.
     *
     * @param sizes of the lists
     * @param given the lists' pages, one list after another, each as many as it needs
     * @param used  pages in all; those that no list has are free
     * @throws IllegalArgumentException if a page is none of them, or comes twice
     */
    Pages(int[] sizes, int[] given, int used) {
        this(sizes.length);
        this.used = used;
        owners = new int[Math.max(16, used)];
        Arrays.fill(owners, FREE);
        int at = 0;
        for (int list = 0; list < sizes.length; list++) {
            for (int left = sizes[list]; left > 0; left -= WIDTH) {
                int page = given[at++];
                if (page < 0 || page >= used || owners[page] != FREE) {
                    throw new IllegalArgumentException(
                            "list " + list + " has page " + page + " of " + used + ", which is none or another's");
                }
                this.sizes[list] += Math.min(left, WIDTH);
                give(list, page);
            }
            count += sizes[list];
        }
        for (int page = used - 1; page >= 0; page--) {
            if (owners[page] == FREE) {
                free(page);
            }
        }
    }

    int lists() {
        return sizes.length;
    }

    /** Rows in all lists. */
    int count() {
        return count;
    }

    /** Pages in use or given back: slots from {@code 32 · used()} on were never given out. */
    int used() {
        return used;
    }

    int size(int list) {
        return sizes[list];
    }

    /** The pages of a list; the first {@code ⌈size / 32⌉} count. */
    int[] of(int list) {
        return pages[list];
    }

    static int pages(int rows) {
        return Math.ceilDiv(rows, WIDTH);
    }

    /** The first {@code n} places of a page, from 1 to 32, as bits. */
    static int places(int n) {
        return -1 >>> (WIDTH - n);
    }

    /** The list that a slot in use belongs to. */
    int list(int slot) {
        return owners[slot / WIDTH];
    }

    /** Share of pages that are free or that do not follow the one before. */
    double fragmentation() {
        return used == 0 ? 0 : (double) (frees + jumps) / used;
    }

    /** {@code lists · Σ nᵢ² / n²}: 1 if all lists are of one size, the number of lists if one has all. */
    double imbalance() {
        double squares = 0;
        for (int size : sizes) {
            squares += (double) size * size;
        }
        return count == 0 ? 1 : squares * sizes.length / ((double) count * count);
    }

    /** The page that the list's next row goes to, or −1 if the list has room. */
    int wanted(int list) {
        return sizes[list] % WIDTH > 0 ? -1 : frees > 0 ? free[frees - 1] : used;
    }

    /** Takes the next place of a list; returns its slot. */
    int append(int list) {
        int page = wanted(list);
        if (page >= 0) {
            if (page == MAX_PAGES) {
                throw new IllegalStateException("The index is full: it has " + MAX_PAGES + " pages of " + WIDTH);
            }
            if (page == used) {
                used++;
            } else {
                frees--;
            }
            sizes[list]++;
            give(list, page);
        } else {
            sizes[list]++;
        }
        count++;
        return last(list);
    }

    private void give(int list, int page) {
        int number = pages(sizes[list]) - 1;
        if (number >= pages[list].length) {
            pages[list] = Arrays.copyOf(pages[list], number + 1 + number / 4);
        }
        if (page >= owners.length) {
            owners = Arrays.copyOf(owners, Math.max(page + 1, 2 * owners.length));
        }
        pages[list][number] = page;
        owners[page] = list;
        jumps += jumps(list, number);
    }

    private int jumps(int list, int number) {
        return number > 0 && pages[list][number] != pages[list][number - 1] + 1 ? 1 : 0;
    }

    /** The slot of a list's last row. */
    int last(int list) {
        return slot(list, sizes[list] - 1);
    }

    /** The slot of a list's {@code row}-th row. */
    int slot(int list, int row) {
        return pages[list][row / WIDTH] * WIDTH + row % WIDTH;
    }

    /** Gives a list's last place back. */
    void shrink(int list) {
        int number = pages(sizes[list]) - 1;
        sizes[list]--;
        count--;
        if (sizes[list] % WIDTH == 0) {
            jumps -= jumps(list, number);
            owners[pages[list][number]] = FREE;
            free(pages[list][number]);
        }
    }

    private void free(int page) {
        if (frees == free.length) {
            free = Arrays.copyOf(free, 2 * frees);
        }
        free[frees++] = page;
    }

    long byteSize() {
        long bytes = 4L * (sizes.length + owners.length + free.length);
        for (int[] list : pages) {
            bytes += 4L * list.length;
        }
        return bytes;
    }
}
