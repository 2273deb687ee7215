package io.consentbridge.powerloss;

/** Something that a process did to the files of the recorded folder, or a mark of its own, in the order in which it ended. */
public sealed interface DiskEvent {

    /**
     * Bytes written; on the disk for certain after a {@link Sync} of the file.
     *
     * @param file number of the file; a name can belong to several files in turn
     * @param at position in the file
     */
    record Write(int file, long at, byte[] bytes) implements DiskEvent {}

    /**
     * The length of a file set; on the disk for certain after a {@link Sync} of the file.
     *
     * @param size in bytes
     */
    record Resize(int file, long size) implements DiskEvent {}

    /**
     * A sync of a file.
     *
     * @param begun the number of events that had ended when the sync began; it says nothing of later ones
     */
    record Sync(int file, int begun) implements DiskEvent {}

    /** A file created under this name; on the disk for certain after a {@link FolderSync}. */
    record Created(String name, int file) implements DiskEvent {}

    /** A file that has another name now; on the disk for certain after a {@link FolderSync}, and never half. */
    record Renamed(String from, String to) implements DiskEvent {}

    /** A name removed; on the disk for certain after a {@link FolderSync}. */
    record Removed(String name) implements DiskEvent {}

    /**
     * A sync of the folder.
     *
     * @param begun as of {@link Sync}
     */
    record FolderSync(int begun) implements DiskEvent {}

    /** What the process said of itself, such as that a transaction is committed. */
    record Mark(String text) implements DiskEvent {}
}
