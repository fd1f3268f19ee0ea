package io.closeknit.access;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The other workspaces that the person behind the page can change to; the layout offers them top right. */
@Component("workspaceSwitch")
class WorkspaceSwitch {
    private final CurrentPerson current;
    private final StandingReader people;

    WorkspaceSwitch(CurrentPerson current, StandingReader people) {
        this.current = current;
        this.people = people;
    }

    /** By name; empty where there is no other. */
    public List<Standing.Place> others() {
        var person = current.find().orElse(null);
        if (person == null) {
            return List.of();
        }
        var request = RequestContextHolder.getRequestAttributes();
        var standing = request != null
                        && request.getAttribute(StandingFilter.STANDING, RequestAttributes.SCOPE_REQUEST)
                                instanceof Standing known
                ? known.places()
                : people.find(person.personId()).map(Standing::places).orElse(List.of());
        return standing.stream()
                .filter(place -> !place.workspaceId().equals(person.workspaceId()))
                .toList();
    }
}
