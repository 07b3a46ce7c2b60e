package org.ruvector.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Provider;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.TextEmbedderProvider;

/**
 * The plugins that a program can use, an immutable value that is passed, never global. {@link #load()} finds those on the
 * module path and the class path; {@link #with} adds one that {@link ServiceLoader} cannot see, such as a class in a
 * notebook cell.
 *
 * <p>Asking for an unknown name, or for a plugin that cannot run here, throws a {@link PluginException} that says what
 * there is instead.
 */
public final class Plugins {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final List<Class<? extends Provider>> KINDS =
            List.of(IndexProvider.class, QuantizerProvider.class, KernelProvider.class, TextEmbedderProvider.class);

    private final List<Provider> providers;

    private Plugins(List<Provider> providers) {
        this.providers = List.copyOf(providers);
        for (int i = 0; i < providers.size(); i++) {
            requireUnique(providers.get(i), providers.subList(0, i));
        }
    }

    /**
     * Every plugin in the layer of this module, or on the class path.
     *
     * @throws PluginException if two plugins of a kind have the same name, or one cannot be loaded
     */
    public static Plugins load() {
        ModuleLayer layer = Plugins.class.getModule().getLayer();
        // On the class path there is no layer; in a layer, the class loader would miss providers of sibling loaders.
        // Modules and class path may be mixed (tests, notebooks), so what only the class loader sees is added.
        return layer == null ? load(Plugins.class.getClassLoader()) : load(layer, Plugins.class.getClassLoader());
    }

    /** Every plugin visible to a class loader. */
    public static Plugins load(ClassLoader loader) {
        return collect(kind -> List.of(ServiceLoader.load(kind, loader)));
    }

    /** Every plugin in a module layer and its parents. */
    public static Plugins load(ModuleLayer layer) {
        return collect(kind -> List.of(ServiceLoader.load(layer, kind)));
    }

    private static Plugins load(ModuleLayer layer, ClassLoader loader) {
        return collect(kind -> List.of(ServiceLoader.load(layer, kind), ServiceLoader.load(kind, loader)));
    }

    /** No plugins but the scalar kernels. */
    public static Plugins none() {
        return new Plugins(List.of(new ScalarKernels()));
    }

    /** These plugins and one more. */
    public Plugins with(Provider provider) {
        List<Provider> more = new ArrayList<>(providers);
        more.add(provider);
        return new Plugins(more);
    }

    /** The index plugin of that name. */
    public IndexProvider index(String name) {
        return find(IndexProvider.class, "index", name);
    }

    /** All index plugins, sorted by name, usable or not. */
    public List<IndexProvider> indexes() {
        return all(IndexProvider.class);
    }

    /** The quantizer plugin of that name. */
    public QuantizerProvider quantizer(String name) {
        return find(QuantizerProvider.class, "quantizer", name);
    }

    /** All quantizer plugins, sorted by name, usable or not. */
    public List<QuantizerProvider> quantizers() {
        return all(QuantizerProvider.class);
    }

    /** The kernels of that name. */
    public KernelProvider kernel(String name) {
        return find(KernelProvider.class, "kernel", name);
    }

    /** The usable kernels with the highest priority; the scalar ones are always there. */
    public KernelProvider kernel() {
        return kernels().stream()
                .filter(kernel -> kernel.availability() instanceof Availability.Usable)
                .max(Comparator.comparingInt(KernelProvider::priority))
                .orElseThrow(() -> new NoSuchElementException("not even the scalar kernels are usable"));
    }

    /** All kernel plugins, sorted by name, usable or not. */
    public List<KernelProvider> kernels() {
        return all(KernelProvider.class);
    }

    /** The text embedder of that name. */
    public TextEmbedderProvider embedder(String name) {
        return find(TextEmbedderProvider.class, "embedder", name);
    }

    /** All text embedders, sorted by name, usable or not. */
    public List<TextEmbedderProvider> embedders() {
        return all(TextEmbedderProvider.class);
    }

    /**
     * A builder for what the spec describes, after checking that the plugin exists, can run here, and knows the metric and
     * the element type.
     *
     * @throws IllegalArgumentException if the plugin does not know the metric or element type, or refuses a parameter
     */
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        IndexProvider provider = index(spec.provider());
        if (!provider.metrics().contains(spec.metric())) {
            throw new IllegalArgumentException("Index '" + provider.name() + "' does not search by "
                    + spec.metric().text() + "; it knows "
                    + provider.metrics().stream().map(Metric::text).sorted().collect(Collectors.joining(", ")));
        }
        if (!provider.elementTypes().contains(spec.type())) {
            throw new IllegalArgumentException("Index '" + provider.name() + "' does not hold "
                    + spec.type().text()
                    + " vectors; it holds "
                    + provider.elementTypes().stream()
                            .map(ElementType::text)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return provider.builder(spec, context);
    }

    private interface Sources {
        List<ServiceLoader<? extends Provider>> of(Class<? extends Provider> kind);
    }

    private static Plugins collect(Sources sources) {
        List<Provider> found = new ArrayList<>();
        for (Class<? extends Provider> kind : KINDS) {
            for (ServiceLoader<? extends Provider> source : sources.of(kind)) {
                try {
                    source.stream()
                            .filter(isNew(found))
                            .map(ServiceLoader.Provider::get)
                            .forEach(found::add);
                } catch (ServiceConfigurationError e) {
                    PluginException exception = new PluginException("A plugin could not be loaded: " + e.getMessage());
                    exception.initCause(e);
                    throw exception;
                }
            }
        }
        return new Plugins(found);
    }

    private static Predicate<ServiceLoader.Provider<? extends Provider>> isNew(List<Provider> found) {
        return candidate -> found.stream().noneMatch(known -> known.getClass() == candidate.type());
    }

    private static void requireUnique(Provider provider, List<Provider> others) {
        String name = provider.name();
        if (!NAME.matcher(name).matches()) {
            throw new PluginException("Plugin " + origin(provider) + " is named '" + name
                    + "'; a name starts with a letter and has only a-z, 0-9 and '-'");
        }
        for (Provider other : others) {
            if (other.name().equals(name) && kind(other) == kind(provider)) {
                throw new PluginException("Two plugins of one kind are named '" + name + "': " + origin(other) + " and "
                        + origin(provider) + "; remove one of them");
            }
        }
    }

    private static Class<? extends Provider> kind(Provider provider) {
        return KINDS.stream()
                .filter(kind -> kind.isInstance(provider))
                .findFirst()
                .orElseThrow();
    }

    private static String origin(Provider provider) {
        Module module = provider.getClass().getModule();
        return provider.getClass().getName() + " in "
                + (module.isNamed() ? "module " + module.getName() : "the class path");
    }

    private <P extends Provider> List<P> all(Class<P> kind) {
        return providers.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .sorted(Comparator.comparing(Provider::name))
                .toList();
    }

    private <P extends Provider> P find(Class<P> kind, String what, String name) {
        List<P> candidates = all(kind);
        for (P candidate : candidates) {
            if (candidate.name().equals(name)) {
                if (candidate.availability() instanceof Availability.Unusable(String reason)) {
                    throw new PluginException("The " + what + " '" + name + "' cannot run here: " + reason);
                }
                return candidate;
            }
        }
        String names = candidates.isEmpty()
                ? "none is on the module path"
                : "there are: " + candidates.stream().map(Provider::name).collect(Collectors.joining(", "));
        throw new PluginException("There is no " + what + " named '" + name + "'; " + names);
    }
}
