namespace EgressNet.Shell;

internal sealed class UsageException(string message) : Exception(message);
