package io.consentbridge;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the product with classes from folders beside libraries from jars. A recording of classes ({@link ProductJvm}) allows
 * no folder in the class path, so a loader of its own has them, and the record does not.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** @param arguments the folders, as in a class path; then those of the product */
    public static void main(String[] arguments) throws Exception {
        ClassLoader product = new URLClassLoader(urls(arguments[0]), Rehearsal.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(product);
        product.loadClass("io.consentbridge.ConsentBridge")
                .getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static URL[] urls(String folders) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String folder : folders.split(File.pathSeparator)) {
            urls.add(Path.of(folder).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
