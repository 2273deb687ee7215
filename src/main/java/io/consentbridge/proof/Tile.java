package io.consentbridge.proof;

/**
 * Up to 256 neighbouring hashes of one level of the tree, as c2sp.org/tlog-tiles cuts it: level 0 holds the hashes of the
 * leaves, each level above holds the roots of the full tiles below.
 *
 * @param level from 0 to 7
 * @param index from 0, the place among the tiles of the level
 * @param hashes one after the other, 32 bytes each
 */
public record Tile(int level, long index, byte[] hashes) {

    /** The hashes of a full tile. */
    public static final int WIDTH = 256;

    public Tile {
        if (hashes.length == 0 || hashes.length % Hash.LENGTH != 0 || hashes.length > WIDTH * Hash.LENGTH) {
            throw new BrokenProof("The tile " + path(level, index, WIDTH) + " has " + hashes.length
                    + " bytes; it must hold 1 to 256 hashes of 32 bytes.");
        }
    }

    /** How many hashes the tile holds: 256 if it is full, fewer at the right edge of the tree. */
    public int width() {
        return hashes.length / Hash.LENGTH;
    }

    /** Its path in an export, such as {@code tile/0/x001/234} or {@code tile/0/x001/234.p/17}. */
    public String path() {
        return path(level, index, width());
    }

    /** The path of the tile with this place and width. */
    public static String path(int level, long index, int width) {
        return "tile/" + level + "/" + number(index, width);
    }

    /** The path of the entries under the tile with this index of level 0. */
    public static String entriesPath(long index, int width) {
        return "tile/entries/" + number(index, width);
    }

    /** How many hashes the tile with this place holds in a tree of so many leaves; 0 if the tree does not reach it. */
    public static int width(int level, long index, long treeSize) {
        long hashes = (treeSize >>> (8 * level)) - index * WIDTH;
        return (int) Math.max(0, Math.min(WIDTH, hashes));
    }

    private static String number(long index, int width) {
        StringBuilder path = new StringBuilder(digits(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + digits(rest % 1000) + "/");
        }
        return width < WIDTH ? path + ".p/" + width : path.toString();
    }

    private static String digits(long number) {
        return String.valueOf(1000 + number).substring(1);
    }
}
