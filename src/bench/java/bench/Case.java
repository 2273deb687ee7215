package bench;

/** Something that is measured. */
interface Case {

    /** Measures it on a stage, prints what it sees, and adds the figures that have a target to the summary. */
    void run(Stage stage) throws Exception;
}
