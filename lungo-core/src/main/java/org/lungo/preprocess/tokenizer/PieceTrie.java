package org.lungo.preprocess.tokenizer;

import java.util.Arrays;
import java.util.List;

/** Finds which of many pieces start at a place of a word. Nodes are numbers, and all edges lie in one hash table. */
final class PieceTrie {
    private static final int ROOT = 0;
    private static final int BITS_OF_A_CHARACTER = 21;

    private long[] edges = new long[1 << 12];
    private int[] targets = new int[1 << 12];
    private int[] pieces = new int[1 << 10];
    private int nodes = 1;

    /** Receives each piece that was found: where it ends and which it is. */
    interface Found {
        void piece(int end, int piece);
    }

    PieceTrie(List<int[]> texts) {
        Arrays.fill(pieces, -1);
        for (int piece = 0; piece < texts.size(); piece++) {
            int node = ROOT;
            for (int character : texts.get(piece)) {
                node = child(node, character);
            }
            pieces[node] = piece;
        }
    }

    /** Tells the pieces that start at {@code start} of {@code word}, the short ones first. */
    void find(int[] word, int start, Found found) {
        int node = ROOT;
        for (int i = start; i < word.length; i++) {
            long key = key(node, word[i]);
            int slot = slot(key);
            if (edges[slot] != key) {
                return;
            }
            node = targets[slot];
            if (pieces[node] >= 0) {
                found.piece(i + 1, pieces[node]);
            }
        }
    }

    private int child(int node, int character) {
        long key = key(node, character);
        int slot = slot(key);
        if (edges[slot] == key) {
            return targets[slot];
        }
        if (nodes == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * nodes);
            Arrays.fill(pieces, nodes, 2 * nodes, -1);
        }
        if (2 * nodes > edges.length) {
            grow();
            slot = slot(key);
        }
        edges[slot] = key;
        targets[slot] = nodes;
        return nodes++;
    }

    private void grow() {
        long[] oldEdges = edges;
        int[] oldTargets = targets;
        edges = new long[2 * oldEdges.length];
        targets = new int[edges.length];
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != 0) {
                int slot = slot(oldEdges[i]);
                edges[slot] = oldEdges[i];
                targets[slot] = oldTargets[i];
            }
        }
    }

    /** Where {@code key} is or belongs. */
    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (edges.length - 1);
        while (edges[slot] != 0 && edges[slot] != key) {
            slot = (slot + 1) & (edges.length - 1);
        }
        return slot;
    }

    /** Never 0, which marks a free slot. */
    private static long key(int node, int character) {
        return ((long) node << BITS_OF_A_CHARACTER | character) + 1;
    }
}
