package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses the tags that are not text: each method stands before a tag's name and ends before the end of its last tag. */
final class TagParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;

    TagParser(TokenCursor cursor, ExpressionParser expressions, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
    }

    /** A condition with its line and what it guards. */
    private record Branch(int line, Expression condition, Statement.Block body) {}

    Statement branch() {
        List<Branch> branches = new ArrayList<>();
        do {
            int line = cursor.line();
            cursor.next();
            Expression condition = expressions.tuple(false);
            branches.add(new Branch(line, condition, statements.body(Set.of("elif", "else", "endif"))));
        } while (cursor.isName("elif"));
        Statement.Block otherwise = Statement.Block.EMPTY;
        if (cursor.skipName("else")) {
            otherwise = statements.bodyTo("endif");
        } else {
            cursor.expectName("endif");
        }
        for (int i = branches.size() - 1; i > 0; i--) {
            Branch branch = branches.get(i);
            Statement then = new Statement.If(branch.condition, branch.body, otherwise);
            otherwise = new Statement.Block(List.of(then), List.of(branch.line));
        }
        return new Statement.If(branches.get(0).condition, branches.get(0).body, otherwise);
    }

    Statement loop() {
        cursor.next();
        Target target = target();
        cursor.expectName("in");
        Expression items = expressions.tuple(false);
        Expression condition = cursor.skipName("if") ? expressions.expression() : null;
        boolean recursive = cursor.skipName("recursive");
        Statement.Block body = statements.loopBody(Set.of("else", "endfor"));
        Statement.Block otherwise = Statement.Block.EMPTY;
        if (cursor.skipName("else")) {
            otherwise = statements.bodyTo("endfor");
        } else {
            cursor.expectName("endfor");
        }
        return new Loop(target, items, condition, recursive, body, otherwise);
    }

    Statement set() {
        cursor.next();
        Target target = target();
        if (cursor.skipOperator("=")) {
            return new Statement.Set(target, expressions.tuple(true));
        }
        List<Expression.Filter> filters = new ArrayList<>();
        while (cursor.skipOperator("|")) {
            filters.add(expressions.filter());
        }
        return new Statement.SetBlock(target, filters, statements.bodyTo("endset"));
    }

    Statement filter() {
        cursor.next();
        List<Expression.Filter> filters = new ArrayList<>();
        do {
            filters.add(expressions.filter());
        } while (cursor.skipOperator("|"));
        return new Statement.FilterBlock(filters, statements.bodyTo("endfilter"));
    }

    Statement with() {
        cursor.next();
        Map<Target, Expression> values = new LinkedHashMap<>();
        while (!cursor.is(Token.Kind.TAG_END)) {
            Target target = one();
            cursor.expectOperator("=");
            values.put(target, expressions.expression());
            if (!cursor.skipOperator(",")) {
                break;
            }
        }
        return new Statement.With(values, statements.bodyTo("endwith"));
    }

    Statement print() {
        cursor.next();
        List<Expression> parts = new ArrayList<>(List.of(expressions.expression()));
        while (cursor.skipOperator(",")) {
            parts.add(expressions.expression());
        }
        return new Statement.Print(new Expression.Joined(parts));
    }

    Statement generation() {
        cursor.next();
        return new Statement.Inner(statements.bodyTo("endgeneration"));
    }

    Statement macro() {
        cursor.next();
        return new Statement.Define(signature(cursor.name(), "endmacro"));
    }

    Statement call() {
        cursor.next();
        // The parameters of the body stand before the call, as in {% call(item) list(items) %}.
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (cursor.isOperator("(")) {
            parameters(parameters, defaults);
        }
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw cursor.unexpected("{% call %} with a call of a macro");
        }
        return new Statement.CallBlock(call, body(Macro.CALLER, parameters, defaults, "endcall"));
    }

    private Macro.Signature signature(String name, String end) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        parameters(parameters, defaults);
        return body(name, parameters, defaults, end);
    }

    private Macro.Signature body(String name, List<String> parameters, List<Expression> defaults, String end) {
        Set<String> before = expressions.forget();
        Statement.Block body = statements.bodyTo(end);
        Set<String> reads = expressions.forget();
        before.forEach(expressions::reads);
        return new Macro.Signature(name, List.copyOf(parameters), List.copyOf(defaults), reads, body);
    }

    private void parameters(List<String> parameters, List<Expression> defaults) {
        cursor.expectOperator("(");
        while (!cursor.skipOperator(")")) {
            parameters.add(cursor.name());
            if (cursor.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw cursor.unexpected("a default, as the parameter before has one,");
            }
            if (!cursor.skipOperator(",") && !cursor.isOperator(")")) {
                throw cursor.unexpected(")");
            }
        }
    }

    /** A name, an attribute of a namespace, or several with commas between. */
    private Target target() {
        Target first = one();
        if (!cursor.isOperator(",")) {
            return first;
        }
        List<Target> targets = new ArrayList<>(List.of(first));
        while (cursor.skipOperator(",") && !cursor.isName("in") && !cursor.isOperator("=")) {
            targets.add(one());
        }
        return new Target.Unpacked(List.copyOf(targets));
    }

    private Target one() {
        if (cursor.skipOperator("(")) {
            Target inner = target();
            cursor.expectOperator(")");
            return inner;
        }
        String name = cursor.name();
        return cursor.skipOperator(".") ? new Target.OfNamespace(name, cursor.name()) : new Target.Variable(name);
    }
}
