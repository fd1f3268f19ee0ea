package io.closeknit.web;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As {@link TextCheck}, for every text and every field's name in JSON that is sent to the API. */
@ControllerAdvice
class JsonTextCheck extends RequestBodyAdviceAdapter {
    private final JsonMapper json;

    JsonTextCheck(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return parameter.getContainingClass().getPackageName().startsWith("io.closeknit");
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType) {
        var problems = new ArrayList<FieldProblem>();
        walk("", body instanceof JsonNode node ? node : json.valueToTree(body), problems);
        TextCheck.refuse(problems);
        return body;
    }

    /** As deep as the reader lets anything be nested, 100 levels. */
    private static void walk(String path, JsonNode node, List<FieldProblem> problems) {
        if (node.isString()) {
            TextCheck.problem(path, node.stringValue(), TextCheck.LONGEST).ifPresent(problems::add);
        } else if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                walk(path + "[" + i + "]", node.get(i), problems);
            }
        } else if (node.isObject()) {
            for (var field : node.properties()) {
                TextCheck.problem(path.isEmpty() ? "body" : path, field.getKey(), TextCheck.LONGEST_IN_ADDRESS)
                        .ifPresent(problems::add);
                walk(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), problems);
            }
        }
    }
}
