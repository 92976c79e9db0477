BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# What was announced is done or told, however the pipeline ends.
Describe "Removals of egress whose pipelines end early$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $ns = Get-FreshNamespace
        Invoke-Node { Remove-Variable all -ErrorAction Ignore }

        # Containers that are there, records and the table: nothing of which is left by a whole removal.
        function Get-Left {
            Invoke-Node {
                Get-ContainerEgress | ForEach-Object ContainerId
                Get-EgressNat | ForEach-Object IPAddress
            }
            Invoke-Nft list tables
            Get-Item "/run/egressnet/net-$((Get-NetNamespace $node.Name).Cookie)" -ErrorAction Ignore
        }
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

    BeforeEach {
        Invoke-Node {
            $all = 1..5 | ForEach-Object {
                New-ContainerEgress "c$_" $using:ns "10.$_.0.5/24" -Gateway "10.$_.0.1" -Route "10.$_.1.0/24" -Name "eg$_"
            }
        }
    }

    AfterEach {
        Invoke-Node { Remove-ContainerEgress * -ErrorAction Ignore }
    }

    It 'delete also what follows the first object of Select-Object' {
        Invoke-Node { ($all | Remove-ContainerEgress -PassThru | Select-Object -First 1).ContainerId } | Should -Be 'c1'
        Get-Left | Should -BeNullOrEmpty
    }

    It 'leave nothing behind the first of one by one' {
        Invoke-Node {
            $all[1..4] | Remove-ContainerEgress
            ($all[0] | Remove-ContainerEgress -PassThru -ErrorAction Stop | Select-Object -First 1).ContainerId
        } | Should -Be 'c1'
        Get-Left | Should -BeNullOrEmpty
    }

    It 'delete those announced before upstream threw, and no other' {
        $told = Get-NodeJob {
            try {
                & { $all[0]; $all[1]; $all[2]; throw 'upstream' } | Remove-ContainerEgress -Verbose
            }
            catch { "caught $_" }
        }
        $told.Output | Should -Be 'caught upstream'
        $told.Verbose.Message -like 'Performing the operation*' | Should -HaveCount 3
        Invoke-Node { (Get-ContainerEgress).ContainerId } | Should -Be 'c4', 'c5'
    }

    It 'tell in $Error what could not be removed then' {
        $told = Invoke-Node {
            Remove-ContainerEgress c2
            $Error.Clear()
            try {
                & { $all[0]; $all[1]; $all[2]; throw 'upstream' } | Remove-ContainerEgress -ErrorAction SilentlyContinue
            }
            catch { }
            $Error | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.TargetObject)" }
        }
        @($told -like 'ContainerEgressNotFound*') | Should -BeLike 'ContainerEgressNotFound,* *c2*'
        Invoke-Node { (Get-ContainerEgress).ContainerId } | Should -Be 'c4', 'c5'
    }

    It 'report errors after the first object of Select-Object' {
        $told = Invoke-Node {
            Remove-ContainerEgress c2
            $Error.Clear()
            ($all | Remove-ContainerEgress -PassThru -ErrorAction SilentlyContinue | Select-Object -First 1).ContainerId
            $Error | ForEach-Object { "$($_.FullyQualifiedErrorId)" }
        }
        $told[0] | Should -Be 'c1'
        @($told -like 'ContainerEgressNotFound*') | Should -HaveCount 1
        Get-Left | Should -BeNullOrEmpty
    }

    It 'are not torn apart where what reads the texts stops' {
        Invoke-Node {
            $all | Remove-ContainerEgress -Verbose 4>&1 |
                Where-Object { "$_" -like 'delete*' } | Select-Object -First 1 | Out-Null
        }
        Get-Left | Should -BeNullOrEmpty
    }

    It 'remove what was announced before a stop' {
        Invoke-Node {
            $reached = [System.Threading.ManualResetEventSlim]::new()
            $session = [powershell]::Create()
            $null = $session.AddScript({
                    param($Module, $Items, $Reached)
                    Import-Module $Module
                    & { $Items; $Reached.Set(); Start-Sleep 60 } | Remove-ContainerEgress
                }).AddArgument("$((Get-Module EgressNet).ModuleBase)/EgressNet.psd1").AddArgument($all).AddArgument($reached)
            $null = $session.BeginInvoke()
            $reached.Wait(30000)
            $null = $session.BeginStop($null, $null)
            for ($i = 0; $i -lt 1300 -and (Get-ContainerEgress); $i++) {
                Start-Sleep -Milliseconds 50
            }

            $session.Dispose()
        } | Should -BeTrue
        Get-Left | Should -BeNullOrEmpty
    }

    It 'leave no table of source NAT behind the first object' {
        Invoke-Node {
            $all | Remove-ContainerEgress
            $null = New-EgressNat 10.9.0.5 c9
            (Get-EgressNat | Remove-EgressNat -PassThru | Select-Object -First 1).IPAddress
        } | Should -Be '10.9.0.5'
        Get-Left | Should -BeNullOrEmpty
    }
}
