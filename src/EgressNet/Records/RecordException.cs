namespace EgressNet.Records;

/// <summary>A record of attachments that cannot be read or written.</summary>
public sealed class RecordException : Exception
{
    private const int ENOMEM = 12, ENFILE = 23, EMFILE = 24, ENOSPC = 28, EDQUOT = 122;

    internal RecordException(string path, string what, Exception cause)
        : base($"The record '{path}' cannot be {what}: {cause.Message}", cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether something has run out: space, memory or descriptors.</summary>
    public bool IsExhausted => InnerException?.HResult is ENOMEM or ENFILE or EMFILE or ENOSPC or EDQUOT;

    /// <summary>Whether it takes rights that the caller does not have.</summary>
    public bool IsDenied => InnerException is UnauthorizedAccessException;
}
