package io.consentbridge.sandbox.people;

import java.util.List;

/** First and last names of many scripts; each is "written|latin", or one word where both are the same. */
final class Names {

    private record Script(List<String> first, List<String> last) {}

    private static final Script PLAIN = new Script(
            List.of(
                    "Jane", "Ted", "Anna", "Peter", "Maria", "John", "Laura", "Paul", "Emma", "Mark", "Sarah", "Thomas",
                    "Nina", "David", "Julia", "Oliver", "Mia", "Simon", "Lena", "Victor"),
            List.of(
                    "Smith", "Miller", "Brown", "Schmidt", "Rossi", "Jansen", "Novak", "Silva", "Meyer", "Clark",
                    "Fischer", "Weber", "Moreau", "Berg", "Lange", "Costa", "Ricci", "Vogel", "Hall", "Young"));
    private static final Script ACCENTS = new Script(
            List.of(
                    "José|jose",
                    "Zoë|zoe",
                    "Bjørn|bjorn",
                    "Łukasz|lukasz",
                    "Åsa|asa",
                    "François|francois",
                    "Jürgen|juergen",
                    "Şebnem|sebnem",
                    "Đorđe|djordje",
                    "Nuño|nuno"),
            List.of(
                    "Müller|mueller",
                    "García|garcia",
                    "Sørensen|sorensen",
                    "Żółć|zolc",
                    "Lefèvre|lefevre",
                    "Dvořák|dvorak",
                    "Ångström|angstrom",
                    "Öztürk|oeztuerk",
                    "Nguyễn|nguyen",
                    "Groß|gross"));
    private static final Script APOSTROPHES = new Script(
            List.of("D’Arcy|darcy", "Sinéad|sinead", "Anne-Marie|annemarie", "Jean-Luc|jeanluc"),
            List.of("O'Brien|obrien", "D'Angelo|dangelo", "N'Diaye|ndiaye", "O’Neill|oneill", "van 't Hoff|vanthoff"));
    private static final Script EAST_ASIAN = new Script(
            List.of("伟|wei", "芳|fang", "さくら|sakura", "太郎|taro", "민준|minjun", "서연|seoyeon"),
            List.of("王|wang", "李|li", "佐藤|sato", "鈴木|suzuki", "김|kim", "박|park"));
    private static final Script RIGHT_TO_LEFT = new Script(
            List.of("محمد|mohammed", "فاطمة|fatima", "נועה|noa", "דוד|dawid"),
            List.of("العلي|alali", "حسن|hassan", "כהן|cohen", "לוי|levi"));
    private static final Script CYRILLIC_GREEK = new Script(
            List.of("Ольга|olga", "Дмитрий|dmitri", "Ελένη|eleni", "Γιώργος|giorgos"),
            List.of("Иванова|ivanova", "Петров|petrov", "Παπαδόπουλος|papadopoulos", "Νικολάου|nikolaou"));

    private static final Share<Script> SCRIPTS = Share.of(
            Share.part(640, PLAIN),
            Share.part(160, ACCENTS),
            Share.part(50, APOSTROPHES),
            Share.part(70, EAST_ASIAN),
            Share.part(40, RIGHT_TO_LEFT),
            Share.part(40, CYRILLIC_GREEK));

    private Names() {}

    static Name of(Dice dice) {
        Script script = SCRIPTS.draw(dice, Ask.SCRIPT);
        String first = dice.pick(Ask.FIRST, script.first());
        String last = dice.pick(Ask.LAST, script.last());
        return new Name(written(first), written(last), latin(first), latin(last));
    }

    private static String written(String both) {
        int bar = both.indexOf('|');
        return bar < 0 ? both : both.substring(0, bar);
    }

    private static String latin(String both) {
        int bar = both.indexOf('|');
        return bar < 0 ? both.toLowerCase(java.util.Locale.ROOT) : both.substring(bar + 1);
    }
}
