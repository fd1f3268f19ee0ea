package io.closeknit.demo;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.DemoPeople;
import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.brief.BriefDocument;
import io.closeknit.brief.BriefId;
import io.closeknit.brief.BriefWriter;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.demo.Filling.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The invented people, creators and briefs: fills an empty installation with them and takes them out again.
 *
 * <p>Filling takes two transactions, because row-level security wants the workspace to be there before a transaction
 * that writes into it begins: first the people with the row that says so, then all else at once. Killed in between, the
 * next start goes on.
 */
@Service
@DependsOnDatabaseInitialization
class Demo {
    static final String PASSWORD = "closeknit-demo";
    static final String SOURCE = "Demo data, invented";
    /** In the order of {@link Filling#people()}. */
    static final List<DemoPerson> PEOPLE = List.of(
            new DemoPerson("marketer@demo.closeknit.example", "Maja Marketer", Role.MARKETER),
            new DemoPerson("agency@demo.closeknit.example", "Anton Agency", Role.AGENCY),
            new DemoPerson("admin@demo.closeknit.example", "Adele Admin", Role.ADMIN));

    private static final String WORKSPACE = "Demo agency";
    private static final int BATCH = 500;
    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private final FillingTable table;
    private final DemoPeople people;
    private final CurrentPerson current;
    private final CatalogueReader creators;
    private final CatalogueWriter writer;
    private final BriefWriter briefs;
    private final TransactionOperations transactions;
    private final JsonMapper json;
    private final Clock clock;

    Demo(
            FillingTable table,
            DemoPeople people,
            CurrentPerson current,
            CatalogueReader creators,
            CatalogueWriter writer,
            BriefWriter briefs,
            TransactionOperations transactions,
            JsonMapper json,
            Clock clock) {
        this.table = table;
        this.people = people;
        this.current = current;
        this.creators = creators;
        this.writer = writer;
        this.briefs = briefs;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /** Somebody invented who can sign in. */
    record DemoPerson(String email, String name, Role role) {}

    /** Whether invented data are in the installation. Cheap enough to ask for every page. */
    boolean present() {
        return table.find().filter(Filling::present).isPresent();
    }

    /** Whether somebody real could go on without the invented admin. */
    boolean removable() {
        return people.realAdminExists();
    }

    long creators() {
        return creators.count().demo();
    }

    /** Whether this is one of the invented people. */
    boolean invented(SignedIn person) {
        return table.find()
                .filter(filling -> filling.people().contains(person.personId()))
                .isPresent();
    }

    /**
     * Takes the decision of the first start, or goes on with what an earlier start began.
     *
     * @param wanted whether to fill the installation if nothing is in it
     * @param again whether to fill it also where an earlier start was told not to
     * @param count how many creators to invent
     */
    void start(boolean wanted, boolean again, int count) {
        var filling = table.find();
        var undecided = filling.isEmpty() || (again && filling.get().state() == State.DECLINED);
        if (undecided) {
            transactions.executeWithoutResult(_ -> {
                if (wanted && empty()) {
                    addPeople();
                } else {
                    table.save(new Filling(State.DECLINED, null, null, List.of(), List.of()));
                }
            });
        }
        table.find().filter(now -> now.state() == State.FILLING).ifPresent(begun -> finish(begun, count));
    }

    private boolean empty() {
        return creators.count().all() == 0 && !people.demoPeopleExist() && !people.realAdminExists();
    }

    private void addPeople() {
        var added = PEOPLE.stream()
                .map(person -> people.add(person.email(), person.name(), PASSWORD, person.role(), WORKSPACE))
                .toList();
        table.save(new Filling(
                State.FILLING,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                added.getFirst().workspaceId(),
                added.stream().map(SignedIn::personId).toList(),
                List.of()));
    }

    private void finish(Filling begun, int count) {
        var started = System.nanoTime();
        var workspace = Objects.requireNonNull(begun.workspaceId(), "the demo's workspace");
        var agency = PEOPLE.get(1);
        var author = new SignedIn(begun.people().get(1), agency.name(), workspace, WORKSPACE, agency.role());
        current.runAs(
                author,
                () -> transactions.executeWithoutResult(_ -> {
                    var filling = table.lock().orElseThrow();
                    if (filling.state() != State.FILLING) {
                        return; // another node was faster
                    }
                    var day = Objects.requireNonNull(filling.inventedOn());
                    var origin =
                            new Origin(SOURCE, day.atStartOfDay(ZoneOffset.UTC).toInstant(), true);
                    InventedCreators.on(day)
                            .limit(count)
                            .gather(Gatherers.windowFixed(BATCH))
                            .forEach(batch -> report(writer.apply(batch, origin)));
                    var ids = new ArrayList<UUID>();
                    for (var brief : inventedBriefs()) {
                        ids.add(briefs.add(brief).value());
                    }
                    table.save(new Filling(State.FILLED, day, workspace, filling.people(), ids));
                }));
        log.info("Invented {} creators for the demo in {} ms", creators(), (System.nanoTime() - started) / 1_000_000);
    }

    private static void report(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.Rejected rejected) {
                log.warn("The catalogue did not take an invented creator: {}", rejected.problems());
            }
        }
    }

    List<BriefDocument> inventedBriefs() {
        try (var file = Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/briefs.json"))) {
            return json.readValue(file, new TypeReference<List<BriefDocument>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes everything invented out of the installation, in one transaction: creators, briefs, people, and their
     * workspace unless somebody real belongs to it.
     *
     * @return whether there was anything to remove
     * @throws NoRealAdminException as long as nobody else could sign in and administer
     */
    boolean remove() {
        var filling = table.find();
        if (filling.isEmpty() || !filling.get().present()) {
            return false;
        }
        if (!people.realAdminExists()) {
            throw new NoRealAdminException();
        }
        var workspace = filling.get().workspaceId();
        if (workspace == null) {
            transactions.executeWithoutResult(_ -> removeAll());
        } else {
            current.runIn(workspace, () -> transactions.executeWithoutResult(_ -> removeAll()));
        }
        return true;
    }

    private void removeAll() {
        var filling = table.lock().orElseThrow();
        filling.briefs().forEach(id -> briefs.remove(new BriefId(id)));
        var gone = writer.removeDemo();
        var left = people.removeAll();
        table.save(new Filling(State.REMOVED, null, null, List.of(), List.of()));
        log.info("Removed the demo: {} creators, {} people", gone, left);
    }
}
