namespace EgressNet.IPInterfaces;

/// <summary>A setting that was written and has another value all the same.</summary>
public sealed class SettingNotTakenException : Exception
{
    internal SettingNotTakenException(string message)
        : base(message)
    {
    }
}
