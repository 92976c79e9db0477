namespace EgressNet.Shell;

internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 64;
    public const int Signal = 128;
}
