package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks at the columns of a relation, a group in a query. */
record GroupLooks(Connection connection, ColumnGroups groups) implements Looks {
    @Override
    public <T> List<T> ask(
            List<String> columns, List<List<String>> own, Question question, int width, long rows, Answer<T> answer)
            throws SQLException {
        ColumnGroups from = rows == Long.MAX_VALUE
                ? groups
                : new ColumnGroups("(SELECT * FROM " + groups.relation() + " LIMIT " + rows + ")", groups.missing());
        List<T> answers = new ArrayList<>();
        for (List<String> group : ColumnGroups.of(columns)) {
            String query = query(from, group, own.subList(answers.size(), answers.size() + group.size()), question);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                for (int i = 0; i < group.size(); i++) {
                    answers.add(answer.read(group.get(i), row, 1 + i * width));
                }
            }
        }
        return answers;
    }

    static String query(ColumnGroups from, List<String> columns, List<List<String>> own, Question question) {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            asked.add(question.of(ColumnGroups.text(i), ColumnGroups.number(i), own.get(i)));
        }
        return "SELECT " + String.join(", ", asked) + " FROM " + from.numbers(columns);
    }
}
