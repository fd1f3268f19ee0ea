package io.closeknit.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that a handler does not know, by name: a misspelt filter must not widen a result. Checked are all
 * calls of the API, and of the pages those that are read with GET and take parameters at all.
 *
 * <p>Known is what {@code @RequestParam} and {@code @RequestPart} name, the components of records that the handler
 * binds, at any depth, and what {@link KnownParameters} adds; {@link AnyParameters} switches the check off.
 */
class ParameterCheck implements HandlerInterceptor {
    private static final int DEPTH = 4;

    private final Map<HandlerMethod, Known> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || request.getDispatcherType() != DispatcherType.REQUEST
                || !method.getBeanType().getPackageName().startsWith("io.closeknit")) {
            return true;
        }
        var api = ApiPaths.isApi(request);
        var read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!api && !read) {
            return true;
        }
        var names = known.computeIfAbsent(method, ParameterCheck::read);
        if (names.any()
                || (!api && names.exact().isEmpty() && names.beginnings().isEmpty())) {
            return true;
        }
        var sent = new TreeSet<>(request.getParameterMap().keySet());
        if (request instanceof MultipartRequest multipart) {
            sent.addAll(multipart.getMultiFileMap().keySet());
        }
        var unknown = sent.stream().filter(name -> !names.holds(name)).toList();
        if (!unknown.isEmpty()) {
            var problems = unknown.stream()
                    .map(name -> new FieldProblem(name, reason(name, names.exact())))
                    .toList();
            throw ApiException.unacceptable(
                    problems.size() == 1
                            ? problems.getFirst().reason()
                            : "There are parameters that are not known here: " + String.join(", ", unknown) + ".",
                    problems);
        }
        return true;
    }

    private static String reason(String name, Collection<String> known) {
        var shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        var start = "The parameter '" + shown + "' is not known here";
        return Suggestions.closest(name, known)
                .map(close -> start + ". Did you mean '" + close + "'?")
                .orElse(
                        known.isEmpty()
                                ? start + ", nor is any other."
                                : start + ". Known are: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** What a handler knows. */
    static Known read(HandlerMethod method) {
        var any = method.hasMethodAnnotation(AnyParameters.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), AnyParameters.class);
        var names = new ArrayList<String>();
        for (var annotation : new KnownParameters[] {
            method.getMethodAnnotation(KnownParameters.class),
            AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), KnownParameters.class)
        }) {
            if (annotation != null) {
                names.addAll(List.of(annotation.value()));
            }
        }
        for (var parameter : method.getMethodParameters()) {
            collect(parameter, names);
        }
        return new Known(
                any,
                new TreeSet<>(names.stream().filter(name -> !name.endsWith("*")).toList()),
                names.stream()
                        .filter(name -> name.endsWith("*"))
                        .map(name -> name.substring(0, name.length() - 1))
                        .toList());
    }

    private static void collect(MethodParameter parameter, List<String> names) {
        var type = parameter.getNestedParameterType();
        if (parameter.getParameterAnnotation(RequestParam.class) instanceof RequestParam named) {
            if (!Map.class.isAssignableFrom(type)) {
                names.add(name(named.name(), parameter.getParameterName()));
            }
        } else if (parameter.getParameterAnnotation(RequestPart.class) instanceof RequestPart part) {
            names.add(name(part.name(), parameter.getParameterName()));
        } else if (parameter.hasParameterAnnotation(ModelAttribute.class)
                || (type.isRecord()
                        && type.getPackageName().startsWith("io.closeknit")
                        && !boundElsewhere(parameter))) {
            components(ResolvableType.forMethodParameter(parameter), "", DEPTH, names);
        } else if (parameter.getParameterAnnotations().length == 0 && BeanUtils.isSimpleProperty(type)) {
            names.add(name("", parameter.getParameterName()));
        }
    }

    /** Path variables, headers, bodies and principals carry an annotation of Spring's; constraints don't count. */
    private static boolean boundElsewhere(MethodParameter parameter) {
        for (var annotation : parameter.getParameterAnnotations()) {
            if (annotation.annotationType().getPackageName().startsWith("org.springframework.")
                    && !annotation.annotationType().getPackageName().startsWith("org.springframework.validation")) {
                return true;
            }
        }
        return false;
    }

    private static void components(ResolvableType type, String prefix, int depth, List<String> names) {
        var raw = type.resolve(Object.class);
        if (!raw.isRecord()) {
            for (var property : BeanUtils.getPropertyDescriptors(raw)) {
                if (property.getWriteMethod() != null) {
                    names.add(prefix + property.getName());
                }
            }
            return;
        }
        var constructor = BeanUtils.getResolvableConstructor(raw);
        for (var i = 0; i < constructor.getParameterCount(); i++) {
            var component = new MethodParameter(constructor, i);
            var bound = component.getParameterAnnotation(BindParam.class);
            var name = prefix + (bound == null ? raw.getRecordComponents()[i].getName() : bound.value());
            var of = ResolvableType.forMethodParameter(component);
            var element = of.isArray()
                    ? of.getComponentType()
                    : Collection.class.isAssignableFrom(of.resolve(Object.class)) ? of.getGeneric(0) : of;
            names.add(name);
            if (Map.class.isAssignableFrom(of.resolve(Object.class))) {
                names.add(name + "[*");
            } else if (depth > 0 && element.resolve(Object.class).isRecord()) {
                components(element, name + ".", depth - 1, names);
            }
        }
    }

    private static String name(String declared, @Nullable String parameter) {
        return StringUtils.hasText(declared) ? declared : parameter == null ? "" : parameter;
    }

    /**
     * @param exact sorted
     * @param beginnings of names that are known whatever follows
     */
    record Known(boolean any, TreeSet<String> exact, List<String> beginnings) {
        boolean holds(String name) {
            // An index is no name, and Thymeleaf sends a hidden _name along with a checkbox.
            var plain = name.replaceAll("\\[\\d{0,9}]", "");
            return exact.contains(plain)
                    || (plain.startsWith("_") && exact.contains(plain.substring(1)))
                    || beginnings.stream().anyMatch(name::startsWith);
        }
    }
}
