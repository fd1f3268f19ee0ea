package io.closeknit.web;

import java.util.List;

/** Something that the search box in the head of every page finds. */
public interface SearchSource {
    /**
     * @param words what was typed, not blank
     * @param limit how many at most
     * @return best first
     */
    List<Hit> search(String words, int limit);

    /**
     * @param kind a message key that names the kind of thing, such as {@code web.search.creator}
     * @param url the address to go to, below the context path
     */
    record Hit(String kind, String title, String detail, String url) {}
}
