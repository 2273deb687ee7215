package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.zoho.ZohoFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Those who left a list, read while the list changes. */
class SteadyPagesTest {

    private final List<String> list = new ArrayList<>();
    private final Set<String> read = new HashSet<>();
    private int calls;
    private int most = 500;
    private IntConsumer afterCall = call -> {};

    private void people(int count) {
        IntStream.range(0, count).forEach(i -> list.add("p" + i + "@example.com"));
    }

    private List<ListedMember> page(long from, int range) {
        int start = (int) from - 1;
        List<ListedMember> page = start >= list.size()
                ? List.of()
                : list.subList(start, Math.min(list.size(), start + Math.min(range, most))).stream()
                        .map(ListedMember::of)
                        .toList();
        afterCall.accept(++calls);
        return page;
    }

    private long read() {
        return new SteadyPages<>(
                        "main: a list",
                        this::page,
                        Function.identity(),
                        page -> page.forEach(row -> read.add(row.spelling())))
                .read();
    }

    @Test
    @DisplayName("nobody is overlooked when 500 who were read are purged before the next page")
    void purgedMeanwhile() {
        people(1700);
        List<String> stay = List.copyOf(list.subList(500, 1700));
        afterCall = call -> {
            if (call == 1) {
                list.subList(0, 500).clear();
            }
        };

        assertThat(read()).isEqualTo(1200);
        assertThat(read).containsAll(stay);
    }

    @Test
    @DisplayName("nobody is overlooked when one person comes back and another leaves, so that the counts are equal")
    void oneForOne() {
        people(1000);
        List<String> stay = List.copyOf(list.subList(1, 1000));
        afterCall = call -> {
            if (call == 1) {
                list.remove(0);
                list.add("late@example.com");
            }
        };

        assertThat(read()).isEqualTo(1000);
        assertThat(read).containsAll(stay).contains("late@example.com");
    }

    @Test
    @DisplayName("a new first row hides nobody and costs no second walk")
    void comesFirst() {
        people(900);
        List<String> all = List.copyOf(list);
        afterCall = call -> {
            if (call == 1) {
                list.add(0, "first@example.com");
            }
        };

        assertThat(read()).isEqualTo(900);
        assertThat(read).containsAll(all);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    @DisplayName("a list whose rows keep moving is a fault after three walks")
    void neverSteady() {
        people(3000);
        afterCall = call -> list.remove(0);

        assertThatThrownBy(this::read).isInstanceOf(ZohoFault.PageLost.class).hasMessageContaining("shifted");
        assertThat(calls).isLessThan(10);
    }

    @Test
    @DisplayName("an unchanged list costs one call for each page and one for its end, for any page size")
    void steady() {
        people(600);
        assertThat(read()).isEqualTo(600);
        assertThat(calls).isEqualTo(3);

        for (int few : List.of(1, 7, 200)) {
            most = few;
            read.clear();
            assertThat(read()).as("pages of %s", few).isEqualTo(600);
            assertThat(read).hasSize(600);
        }
        list.clear();
        assertThat(read()).isZero();
    }

    @Test
    @DisplayName("pages that are identical for every request are a fault, not an endless walk")
    void sameAgain() {
        PageFetch<ListedMember> deaf = (from, range) -> List.of(ListedMember.of("a@b.c"), ListedMember.of("b@b.c"));

        assertThatThrownBy(() -> new SteadyPages<>("main: a list", deaf, Function.identity(), page -> {}).read())
                .isInstanceOf(ZohoFault.PageLost.class);
    }
}
