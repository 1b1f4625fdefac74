package org.lungo.evaluate;

import java.util.List;

/** Text made safe for a page, and tables. */
final class Html {
    private Html() {}

    /** Text as it may stand in an element or an attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON as it may stand in a script element: no character in it can open or end anything. */
    static String json(String json) {
        return json.replace("<", "\\u003c");
    }

    /** JavaScript as it may stand in a script element: an end tag within a string no longer ends the element. */
    static String script(String source) {
        return source.replaceAll("(?i)</(?=script)", "<\\\\/");
    }

    /** A table of text; cells that are numbers are aligned right. A wide one scrolls, with the keyboard too. */
    static String table(String caption, List<String> headers, List<List<String>> rows) {
        StringBuilder html = new StringBuilder();
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escape(caption))
                .append("\"><table><caption>")
                .append(escape(caption))
                .append("</caption><thead><tr>");
        for (int i = 0; i < headers.size(); i++) {
            html.append(numeric(rows, i) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
                    .append(escape(headers.get(i)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String tag = i == 0 ? "th" : "td";
                html.append('<').append(tag).append(i == 0 ? " scope=\"row\"" : "");
                html.append(numeric(rows, i) ? " class=\"number\">" : " class=\"word\">");
                html.append(escape(row.get(i))).append("</").append(tag).append('>');
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private static boolean numeric(List<List<String>> rows, int column) {
        return column > 0 && rows.stream().allMatch(row -> row.get(column).matches("[-+]?[\\d.,]*(E-?\\d+)?%?|-"));
    }
}
