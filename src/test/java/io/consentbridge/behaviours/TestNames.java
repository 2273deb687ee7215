package io.consentbridge.behaviours;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Collects the names of tests from their sources, read by the compiler: what stands in a comment or is switched off with
 * {@code @Disabled} is no test.
 */
final class TestNames extends TreeScanner<Void, String> {

    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Property", "Example");
    private static final Set<String> NAMING = Set.of("DisplayName", "Label", "ParameterizedTest", "RepeatedTest");

    private final List<TestName> names = new ArrayList<>();
    private final CompilationUnitTree unit;
    private final Trees trees;

    private TestNames(CompilationUnitTree unit, Trees trees) {
        this.unit = unit;
        this.trees = trees;
    }

    /** The names of all tests below a folder. */
    static List<TestName> below(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder)) {
            List<Path> java = sources.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            List<TestName> names = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                TestNames reader = new TestNames(unit, Trees.instance(task));
                reader.scan(unit, null);
                names.addAll(reader.names);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
        if (disabled(type.getModifiers())) {
            return null;
        }
        String name = outer == null ? type.getSimpleName().toString() : outer;
        collect(type.getModifiers(), name);
        return super.visitClass(type, name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
        boolean test = method.getModifiers().getAnnotations().stream().anyMatch(each -> TESTS.contains(name(each)));
        if (test && !disabled(method.getModifiers())) {
            collect(method.getModifiers(), type);
        }
        return null;
    }

    private void collect(ModifiersTree modifiers, String type) {
        for (AnnotationTree annotation : modifiers.getAnnotations()) {
            if (NAMING.contains(name(annotation))) {
                for (ExpressionTree argument : annotation.getArguments()) {
                    String text = text(argument);
                    if (!text.isEmpty()) {
                        names.add(new TestName(type, text, place(annotation)));
                    }
                }
            }
        }
    }

    private String place(Tree tree) {
        long start = trees.getSourcePositions().getStartPosition(unit, tree);
        String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        return file + ":" + unit.getLineMap().getLineNumber(start);
    }

    private static String text(ExpressionTree expression) {
        if (expression instanceof AssignmentTree assignment) {
            String key = assignment.getVariable().toString();
            return key.equals("value") || key.equals("name") ? text(assignment.getExpression()) : "";
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        return expression instanceof LiteralTree literal && literal.getValue() instanceof String value ? value : "";
    }

    private static boolean disabled(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream().anyMatch(each -> name(each).equals("Disabled"));
    }

    private static String name(AnnotationTree annotation) {
        String type = annotation.getAnnotationType().toString();
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
