package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PunycodeTest {

    @ParameterizedTest
    @CsvSource({
        // The samples of RFC 3492, section 7.1, in lower case.
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
        "安室奈美恵-with-super-monkeys, -with-super-monkeys-pc58ag80a8qai00g7n9n",
        "なぜみんな日本語を話してくれないのか, n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
        "パフィーdeルンバ, de-jg4avhby1noc0d",
        "そのスピードで, d9juau41awczczp",
        "ひとつ屋根の下2, 2-u9tlzr9756bt3uc0v",
        // Letters that lie far apart, one after the other.
        "ü例え😀, tda033v7ut6e76a",
        "aü例ж😀z, az-xka814a8y4k4y90a"
    })
    @DisplayName("A label in any script is converted to ASCII as RFC 3492 defines")
    void label(String label, String ascii) {
        assertThat(Punycode.encode(label)).isEqualTo(ascii);
    }
}
